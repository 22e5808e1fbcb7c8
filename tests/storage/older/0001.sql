PRAGMA application_id = 1146634579;
PRAGMA user_version = 1;
PRAGMA foreign_keys = OFF;
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE answers (
        organisation BLOB NOT NULL,
        sequence INTEGER NOT NULL,
        round BLOB NOT NULL,
        ballot TEXT NOT NULL CONSTRAINT ck_answers_ballot CHECK (ballot IN ('agreed', 'first', 'second')),
        respondent BLOB NOT NULL,
        indicator TEXT NOT NULL,
        state TEXT NOT NULL
            CONSTRAINT ck_answers_state CHECK (state IN ('open', 'answered', 'cannot_say', 'not_applicable')),
        level INTEGER CONSTRAINT ck_answers_level CHECK (level >= 0),
        target INTEGER CONSTRAINT ck_answers_target CHECK (target >= 0),
        amount TEXT,
        target_amount TEXT,
        unit TEXT,
        reason TEXT,
        evidence TEXT NOT NULL,
        comment TEXT NOT NULL,
        conditions TEXT NOT NULL,
        edition_hash TEXT NOT NULL,
        idempotency_key TEXT NOT NULL,
        based_on INTEGER,
        recorded TEXT NOT NULL,
        CONSTRAINT pk_answers PRIMARY KEY (organisation, sequence),
        CONSTRAINT uq_answers_idempotency_key UNIQUE (organisation, idempotency_key),
        CONSTRAINT fk_answers_respondents FOREIGN KEY (organisation, round, respondent)
            REFERENCES respondents (organisation, round, respondent),
        CONSTRAINT fk_answers_editions FOREIGN KEY (organisation, edition_hash) REFERENCES editions (organisation, hash)
    ) STRICT;
INSERT INTO "answers" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',4,X'01A20433B98571AB836369447F6E92BC','agreed',X'01A20433B9867477A5085939B437DFFD','tiny.1','answered',1,NULL,NULL,NULL,NULL,NULL,'','','[]','565358086a37f87ae2e9d5ac7c740057d2c86ba6f04d5eb1b88e3a0f1c947cef','757dcf328870442298a84d7e7de07f7b',NULL,'2026-11-22T17:00:28.442603Z');
INSERT INTO "answers" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',5,X'01A20433B98571AB836369447F6E92BC','agreed',X'01A20433B9867477A5085939B437DFFD','tiny.1-1','answered',1,NULL,NULL,NULL,NULL,NULL,'','','[]','565358086a37f87ae2e9d5ac7c740057d2c86ba6f04d5eb1b88e3a0f1c947cef','241e4a94b2fa48868d0049f325a9b456',NULL,'2026-11-22T17:00:28.472516Z');
INSERT INTO "answers" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',6,X'01A20433B98571AB836369447F6E92BC','agreed',X'01A20433B9867477A5085939B437DFFD','tiny.2','answered',1,NULL,NULL,NULL,NULL,NULL,'','','[]','565358086a37f87ae2e9d5ac7c740057d2c86ba6f04d5eb1b88e3a0f1c947cef','207f6f9ce58b47c1b90b315db8277890',NULL,'2026-11-22T17:00:28.480327Z');
INSERT INTO "answers" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',7,X'01A20433B98571AB836369447F6E92BC','agreed',X'01A20433B9867477A5085939B437DFFD','tiny.2-1','answered',1,NULL,NULL,NULL,NULL,NULL,'','','[]','565358086a37f87ae2e9d5ac7c740057d2c86ba6f04d5eb1b88e3a0f1c947cef','6e66d83d637e4c8a95959e6c77f3ddaf',NULL,'2026-11-22T17:00:28.488241Z');
INSERT INTO "answers" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',8,X'01A20433B98571AB836369447F6E92BC','agreed',X'01A20433B9867477A5085939B437DFFD','tiny.1','answered',2,3,NULL,NULL,NULL,NULL,'規程 第3条','二行の
コメント','[]','565358086a37f87ae2e9d5ac7c740057d2c86ba6f04d5eb1b88e3a0f1c947cef','1057e431337445328cea2ee7cd2bb7b8',4,'2026-11-22T17:00:28.496209Z');
INSERT INTO "answers" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',9,X'01A20433B98571AB836369447F6E92BC','agreed',X'01A20433B9867477A5085939B437DFFD','tiny.1-1','cannot_say',NULL,NULL,NULL,NULL,NULL,NULL,'','','[]','565358086a37f87ae2e9d5ac7c740057d2c86ba6f04d5eb1b88e3a0f1c947cef','ef1c58f733014287bbc07d81f9498e2e',5,'2026-11-22T17:00:28.508585Z');
INSERT INTO "answers" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',10,X'01A20433B98571AB836369447F6E92BC','agreed',X'01A20433B9867477A5085939B437DFFD','tiny.2-1','not_applicable',NULL,NULL,NULL,NULL,NULL,'none','','','[]','565358086a37f87ae2e9d5ac7c740057d2c86ba6f04d5eb1b88e3a0f1c947cef','28d535a0d2654d09b1147221fd291eaa',7,'2026-11-22T17:00:28.516292Z');
INSERT INTO "answers" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',11,X'01A20433B98571AB836369447F6E92BC','agreed',X'01A20433B9867477A5085939B437DFFD','tiny.q-days','answered',NULL,NULL,'12.5',NULL,'days',NULL,'','','[]','565358086a37f87ae2e9d5ac7c740057d2c86ba6f04d5eb1b88e3a0f1c947cef','6038ddd0b0cb4706adbdc2bb7718f7a1',NULL,'2026-11-22T17:00:28.523248Z');
INSERT INTO "answers" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',12,X'01A20433B98571AB836369447F6E92BC','agreed',X'01A20433B9867477A5085939B437DFFD','tiny.q-pace','answered',NULL,NULL,'fast',NULL,NULL,NULL,'','','[]','565358086a37f87ae2e9d5ac7c740057d2c86ba6f04d5eb1b88e3a0f1c947cef','648e86771aa247a29e452de04c60963b',NULL,'2026-11-22T17:00:28.528199Z');
INSERT INTO "answers" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',14,X'01A20433B98571AB836369447F6E92BC','first',X'01A20433B9F773DCB7A7BFEC404125A5','tiny.1','answered',0,NULL,NULL,NULL,NULL,NULL,'','','[]','565358086a37f87ae2e9d5ac7c740057d2c86ba6f04d5eb1b88e3a0f1c947cef','0-tiny.1',NULL,'2026-11-22T17:00:28.539741Z');
INSERT INTO "answers" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',15,X'01A20433B98571AB836369447F6E92BC','first',X'01A20433B9F773DCB7A7BFEC404125A5','tiny.1-1','answered',0,NULL,NULL,NULL,NULL,NULL,'','','[]','565358086a37f87ae2e9d5ac7c740057d2c86ba6f04d5eb1b88e3a0f1c947cef','0-tiny.1-1',NULL,'2026-11-22T17:00:28.539741Z');
INSERT INTO "answers" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',16,X'01A20433B98571AB836369447F6E92BC','first',X'01A20433B9F773DCB7A7BFEC404125A5','tiny.2','answered',0,NULL,NULL,NULL,NULL,NULL,'','','[]','565358086a37f87ae2e9d5ac7c740057d2c86ba6f04d5eb1b88e3a0f1c947cef','0-tiny.2',NULL,'2026-11-22T17:00:28.539741Z');
INSERT INTO "answers" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',17,X'01A20433B98571AB836369447F6E92BC','first',X'01A20433B9F773DCB7A7BFEC404125A5','tiny.2-1','answered',0,NULL,NULL,NULL,NULL,NULL,'','','[]','565358086a37f87ae2e9d5ac7c740057d2c86ba6f04d5eb1b88e3a0f1c947cef','0-tiny.2-1',NULL,'2026-11-22T17:00:28.539741Z');
INSERT INTO "answers" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',19,X'01A20433B98571AB836369447F6E92BC','first',X'01A20433BA0874F1837FF256B1706ABB','tiny.1','answered',1,NULL,NULL,NULL,NULL,NULL,'','','[]','565358086a37f87ae2e9d5ac7c740057d2c86ba6f04d5eb1b88e3a0f1c947cef','1-tiny.1',NULL,'2026-11-22T17:00:28.555766Z');
INSERT INTO "answers" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',20,X'01A20433B98571AB836369447F6E92BC','first',X'01A20433BA0874F1837FF256B1706ABB','tiny.1-1','answered',1,NULL,NULL,NULL,NULL,NULL,'','','[]','565358086a37f87ae2e9d5ac7c740057d2c86ba6f04d5eb1b88e3a0f1c947cef','1-tiny.1-1',NULL,'2026-11-22T17:00:28.555766Z');
INSERT INTO "answers" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',21,X'01A20433B98571AB836369447F6E92BC','first',X'01A20433BA0874F1837FF256B1706ABB','tiny.2','answered',1,NULL,NULL,NULL,NULL,NULL,'','','[]','565358086a37f87ae2e9d5ac7c740057d2c86ba6f04d5eb1b88e3a0f1c947cef','1-tiny.2',NULL,'2026-11-22T17:00:28.555766Z');
INSERT INTO "answers" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',22,X'01A20433B98571AB836369447F6E92BC','first',X'01A20433BA0874F1837FF256B1706ABB','tiny.2-1','answered',1,NULL,NULL,NULL,NULL,NULL,'','','[]','565358086a37f87ae2e9d5ac7c740057d2c86ba6f04d5eb1b88e3a0f1c947cef','1-tiny.2-1',NULL,'2026-11-22T17:00:28.555766Z');
INSERT INTO "answers" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',24,X'01A20433B98571AB836369447F6E92BC','first',X'01A20433BA0F726E9C9D306A1E66BD3F','tiny.1','answered',2,NULL,NULL,NULL,NULL,NULL,'','','[]','565358086a37f87ae2e9d5ac7c740057d2c86ba6f04d5eb1b88e3a0f1c947cef','2-tiny.1',NULL,'2026-11-22T17:00:28.563708Z');
INSERT INTO "answers" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',25,X'01A20433B98571AB836369447F6E92BC','first',X'01A20433BA0F726E9C9D306A1E66BD3F','tiny.1-1','answered',2,NULL,NULL,NULL,NULL,NULL,'','','[]','565358086a37f87ae2e9d5ac7c740057d2c86ba6f04d5eb1b88e3a0f1c947cef','2-tiny.1-1',NULL,'2026-11-22T17:00:28.563708Z');
INSERT INTO "answers" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',26,X'01A20433B98571AB836369447F6E92BC','first',X'01A20433BA0F726E9C9D306A1E66BD3F','tiny.2','answered',2,NULL,NULL,NULL,NULL,NULL,'','','[]','565358086a37f87ae2e9d5ac7c740057d2c86ba6f04d5eb1b88e3a0f1c947cef','2-tiny.2',NULL,'2026-11-22T17:00:28.563708Z');
INSERT INTO "answers" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',27,X'01A20433B98571AB836369447F6E92BC','first',X'01A20433BA0F726E9C9D306A1E66BD3F','tiny.2-1','answered',2,NULL,NULL,NULL,NULL,NULL,'','','[]','565358086a37f87ae2e9d5ac7c740057d2c86ba6f04d5eb1b88e3a0f1c947cef','2-tiny.2-1',NULL,'2026-11-22T17:00:28.563708Z');
INSERT INTO "answers" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',31,X'01A20433BA307151AA137B2E0ABBF06A','agreed',X'01A20433BA307151AA137B2F0449648B','tiny.1','answered',3,NULL,NULL,NULL,NULL,NULL,'','','[]','565358086a37f87ae2e9d5ac7c740057d2c86ba6f04d5eb1b88e3a0f1c947cef','4d4aa95ce0af4abe8a4ec9e8d59a92ac',NULL,'2026-11-22T17:00:28.600314Z');
CREATE TABLE current_answers (
        organisation BLOB NOT NULL,
        round BLOB NOT NULL,
        ballot TEXT NOT NULL,
        respondent BLOB NOT NULL,
        indicator TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        CONSTRAINT pk_current_answers PRIMARY KEY (organisation, round, ballot, respondent, indicator),
        CONSTRAINT fk_current_answers_answers FOREIGN KEY (organisation, sequence) REFERENCES answers (organisation, sequence)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "current_answers" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',X'01A20433B98571AB836369447F6E92BC','agreed',X'01A20433B9867477A5085939B437DFFD','tiny.1',8);
INSERT INTO "current_answers" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',X'01A20433B98571AB836369447F6E92BC','agreed',X'01A20433B9867477A5085939B437DFFD','tiny.1-1',9);
INSERT INTO "current_answers" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',X'01A20433B98571AB836369447F6E92BC','agreed',X'01A20433B9867477A5085939B437DFFD','tiny.2',6);
INSERT INTO "current_answers" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',X'01A20433B98571AB836369447F6E92BC','agreed',X'01A20433B9867477A5085939B437DFFD','tiny.2-1',10);
INSERT INTO "current_answers" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',X'01A20433B98571AB836369447F6E92BC','agreed',X'01A20433B9867477A5085939B437DFFD','tiny.q-days',11);
INSERT INTO "current_answers" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',X'01A20433B98571AB836369447F6E92BC','agreed',X'01A20433B9867477A5085939B437DFFD','tiny.q-pace',12);
INSERT INTO "current_answers" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',X'01A20433B98571AB836369447F6E92BC','first',X'01A20433B9F773DCB7A7BFEC404125A5','tiny.1',14);
INSERT INTO "current_answers" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',X'01A20433B98571AB836369447F6E92BC','first',X'01A20433B9F773DCB7A7BFEC404125A5','tiny.1-1',15);
INSERT INTO "current_answers" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',X'01A20433B98571AB836369447F6E92BC','first',X'01A20433B9F773DCB7A7BFEC404125A5','tiny.2',16);
INSERT INTO "current_answers" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',X'01A20433B98571AB836369447F6E92BC','first',X'01A20433B9F773DCB7A7BFEC404125A5','tiny.2-1',17);
INSERT INTO "current_answers" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',X'01A20433B98571AB836369447F6E92BC','first',X'01A20433BA0874F1837FF256B1706ABB','tiny.1',19);
INSERT INTO "current_answers" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',X'01A20433B98571AB836369447F6E92BC','first',X'01A20433BA0874F1837FF256B1706ABB','tiny.1-1',20);
INSERT INTO "current_answers" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',X'01A20433B98571AB836369447F6E92BC','first',X'01A20433BA0874F1837FF256B1706ABB','tiny.2',21);
INSERT INTO "current_answers" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',X'01A20433B98571AB836369447F6E92BC','first',X'01A20433BA0874F1837FF256B1706ABB','tiny.2-1',22);
INSERT INTO "current_answers" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',X'01A20433B98571AB836369447F6E92BC','first',X'01A20433BA0F726E9C9D306A1E66BD3F','tiny.1',24);
INSERT INTO "current_answers" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',X'01A20433B98571AB836369447F6E92BC','first',X'01A20433BA0F726E9C9D306A1E66BD3F','tiny.1-1',25);
INSERT INTO "current_answers" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',X'01A20433B98571AB836369447F6E92BC','first',X'01A20433BA0F726E9C9D306A1E66BD3F','tiny.2',26);
INSERT INTO "current_answers" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',X'01A20433B98571AB836369447F6E92BC','first',X'01A20433BA0F726E9C9D306A1E66BD3F','tiny.2-1',27);
INSERT INTO "current_answers" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',X'01A20433BA307151AA137B2E0ABBF06A','agreed',X'01A20433BA307151AA137B2F0449648B','tiny.1',31);
CREATE TABLE editions (
        organisation BLOB NOT NULL,
        hash TEXT NOT NULL,
        edition TEXT NOT NULL,
        revision INTEGER NOT NULL,
        text TEXT NOT NULL,
        stored TEXT NOT NULL,
        CONSTRAINT pk_editions PRIMARY KEY (organisation, hash),
        CONSTRAINT fk_editions_organisations FOREIGN KEY (organisation) REFERENCES organisations (organisation)
    ) STRICT;
INSERT INTO "editions" VALUES(X'01A20433B95973C683E0029ECE0CE4B9','565358086a37f87ae2e9d5ac7c740057d2c86ba6f04d5eb1b88e3a0f1c947cef','tiny',1,'{"benchmarks":{"averages":[{"current_mean":1.1,"group":"all","n":10,"of":"all","source":"fictional","year":2023},{"current_mean":1.25,"current_median":1.0,"group":"all","n":20,"of":"all","source":"fictional","target_mean":2.5,"target_median":2.0,"year":2024}],"groups":[{"en":"All","id":"all","ja":"全体"}],"warning":{"en":"These numbers are fictional.","ja":"架空の数字です。"}},"head":{"averages":["all","people","tools"],"groups":["people","tools"],"id":"tiny","measures":[{"id":"results","items":["q-days","q-pace"],"title":{"en":"Results","ja":"実績"}}],"not_applicable":[{"en":"No such business","id":"no-business","ja":"該当する業務がない"},{"en":"Done by the parent company","id":"parent-company","ja":"親会社が担っている"}],"notice":{"en":"All wording is fictional.","ja":"文言はすべて架空のものです。"},"revision":1,"roles":[{"en":"Management","id":"management","ja":"経営"},{"en":"IT department","id":"it","ja":"IT部門"}],"scale":{"levels":[{"name":{"en":"None","ja":"なし"},"value":0},{"character":{"en":"Tried in places.","ja":"一部で試しています。"},"name":{"en":"Trial","ja":"試行"},"value":1},{"name":{"en":"Practice","ja":"実践"},"value":2},{"name":{"en":"Settled","ja":"定着"},"value":3}]},"short":{"en":"Tiny","ja":"ちいさな診断"},"source":{"en":"A fictional framework for tests.","ja":"テストのための架空の指標です。"},"status":"own","suggestion":{"any_condition":1,"gates":[{"en":"There is a company policy","id":"strategy","ja":"全社の方針がある","level":2,"needs":"any"},{"en":"It is measured in numbers","id":"measured","ja":"数字で測っている","level":3,"needs":"all"}]},"thresholds":[{"at_least":2,"id":"leading","of":"all","source":"fictional","title":{"en":"Leading","ja":"先行"}}],"title":{"en":"A tiny assessment","ja":"ちいさな診断"},"tree":{"id":"all","over":"items","sections":[{"id":"people","items":["1","1-1"],"over":"items","title":{"en":"People","ja":"人"}},{"aggregate":"weighted_mean","id":"tools","items":["2","2-1"],"over":"items","title":{"en":"Tools","ja":"道具"}}],"title":{"en":"All indicators","ja":"全指標"}}},"indicators":{"tiny.1":{"actions":[{"en":"Set one day for learning","ja":"学びの日を一日決める"}],"code":"1","conditions":[{"en":"Somebody is in charge of learning","id":"a","ja":"学びの担当がいる"},{"en":"There is time for learning","id":"b","ja":"学びの時間がある"}],"evidence":[{"en":"Records of learning","ja":"学びの記録"}],"guidance":{"en":"This looks at how far learning reaches.","ja":"学びの広がりを見ます。"},"id":"tiny.1","kind":"key","levels":{"0":{"en":"There is no learning yet.","ja":"学びはまだありません。"},"1":{"en":"Some people try learning.","ja":"学びを一部で試しています。"},"2":{"en":"Learning follows the company policy.","ja":"学びを会社の方針に沿って行っています。"},"3":{"en":"Learning is measured and improved.","ja":"学びを測り、直し続けています。"}},"question":{"en":"Is learning carried out?","ja":"学びは行われていますか。"},"respondents":["management"],"title":{"en":"Learning","ja":"学び"},"wording":{"levels":"own","question":"own","title":"own"}},"tiny.1-1":{"actions":[{"en":"Set one day for training","ja":"研修の日を一日決める"}],"code":"1-1","conditions":[{"en":"Somebody is in charge of training","id":"a","ja":"研修の担当がいる"},{"en":"There is time for training","id":"b","ja":"研修の時間がある"}],"evidence":[{"en":"Records of training","ja":"研修の記録"}],"guidance":{"en":"This looks at how far training reaches.","ja":"研修の広がりを見ます。"},"id":"tiny.1-1","kind":"sub","levels":{"0":{"en":"There is no training yet.","ja":"研修はまだありません。"},"1":{"en":"Some people try training.","ja":"研修を一部で試しています。"},"2":{"en":"Training follows the company policy.","ja":"研修を会社の方針に沿って行っています。"},"3":{"en":"Training is measured and improved.","ja":"研修を測り、直し続けています。"}},"parent":"tiny.1","question":{"en":"Is training carried out?","ja":"研修は行われていますか。"},"respondents":["management","it"],"title":{"en":"Training","ja":"研修"},"wording":{"levels":"own","question":"own","title":"own"}},"tiny.2":{"actions":[{"en":"Set one day for tooling","ja":"道具の日を一日決める"}],"code":"2","conditions":[{"en":"Somebody is in charge of tooling","id":"a","ja":"道具の担当がいる"},{"en":"There is time for tooling","id":"b","ja":"道具の時間がある"}],"evidence":[{"en":"Records of tooling","ja":"道具の記録"}],"guidance":{"en":"This looks at how far tooling reaches.","ja":"道具の広がりを見ます。"},"id":"tiny.2","kind":"key","levels":{"0":{"en":"There is no tooling yet.","ja":"道具はまだありません。"},"1":{"en":"Some people try tooling.","ja":"道具を一部で試しています。"},"2":{"en":"Tooling follows the company policy.","ja":"道具を会社の方針に沿って行っています。"},"3":{"en":"Tooling is measured and improved.","ja":"道具を測り、直し続けています。"}},"question":{"en":"Is tooling carried out?","ja":"道具は行われていますか。"},"respondents":["management"],"title":{"en":"Tooling","ja":"道具"},"weight":3,"wording":{"levels":"own","question":"own","title":"own"}},"tiny.2-1":{"actions":[{"en":"Set one day for inspection","ja":"点検の日を一日決める"}],"code":"2-1","conditions":[{"en":"Somebody is in charge of inspection","id":"a","ja":"点検の担当がいる"},{"en":"There is time for inspection","id":"b","ja":"点検の時間がある"}],"evidence":[{"en":"Records of inspection","ja":"点検の記録"}],"guidance":{"en":"This looks at how far inspection reaches.","ja":"点検の広がりを見ます。"},"id":"tiny.2-1","kind":"sub","levels":{"0":{"en":"There is no inspection yet.","ja":"点検はまだありません。"},"1":{"en":"Some people try inspection.","ja":"点検を一部で試しています。"},"2":{"en":"Inspection follows the company policy.","ja":"点検を会社の方針に沿って行っています。"},"3":{"en":"Inspection is measured and improved.","ja":"点検を測り、直し続けています。"}},"parent":"tiny.2","question":{"en":"Is inspection carried out?","ja":"点検は行われていますか。"},"respondents":["it"],"title":{"en":"Inspection","ja":"点検"},"wording":{"levels":"own","question":"own","title":"own"}},"tiny.q-days":{"code":"q-days","guidance":{"en":"The mean of the last fiscal year.","ja":"昨年度の平均です。"},"id":"tiny.q-days","kind":"quantitative","measure":{"better":"lower","decimals":1,"unit":{"en":"days","ja":"日"}},"question":{"en":"How many days passed from order to delivery?","ja":"注文から納品まで何日かかりましたか。"},"respondents":["it"],"title":{"en":"Days to delivery","ja":"納品までの日数"},"wording":{"measure":"own","question":"own","title":"own"}},"tiny.q-pace":{"code":"q-pace","guidance":{"en":"Choose the closer one.","ja":"近いほうを選びます。"},"id":"tiny.q-pace","kind":"quantitative","measure":{"better":"higher","choices":[{"en":"Fast","id":"fast","ja":"速い"},{"en":"Slow","id":"slow","ja":"ゆっくり"}],"unit":{"en":"pace","ja":"進み方"}},"question":{"en":"Which pace is it?","ja":"どちらの進み方ですか。"},"respondents":["it"],"title":{"en":"Pace","ja":"進み方"},"wording":{"measure":"own","question":"own","title":"own"}}}}','2026-11-22T17:00:28.405979Z');
CREATE TABLE events (
        organisation BLOB NOT NULL,
        sequence INTEGER NOT NULL,
        what TEXT NOT NULL,
        subject TEXT NOT NULL,
        who TEXT NOT NULL,
        recorded TEXT NOT NULL,
        detail TEXT NOT NULL,
        CONSTRAINT pk_events PRIMARY KEY (organisation, sequence),
        CONSTRAINT fk_events_organisations FOREIGN KEY (organisation) REFERENCES organisations (organisation)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "events" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',1,'organisation_created','01a20433b95973c683e0029ece0ce4b9','','2026-11-22T17:00:28.377567Z','{"name":"甲社"}');
INSERT INTO "events" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',2,'round_started','01a20433b98571ab836369447f6e92bc','山田','2026-11-22T17:00:28.405979Z','{"edition_hash":"565358086a37f87ae2e9d5ac7c740057d2c86ba6f04d5eb1b88e3a0f1c947cef","title":"第1回"}');
INSERT INTO "events" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',28,'round_closed','01a20433b98571ab836369447f6e92bc','山田','2026-11-22T17:00:28.567664Z','{"content_hash":"5f579e950643c158e2521537149e0e7904804b1a2b44f98cdd2b1b2c37cd784b","title":"第1回"}');
INSERT INTO "events" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',29,'round_started','01a20433ba307151aa137b2e0abbf06a','山田','2026-11-22T17:00:28.591964Z','{"edition_hash":"565358086a37f87ae2e9d5ac7c740057d2c86ba6f04d5eb1b88e3a0f1c947cef","title":"第2回"}');
CREATE TABLE histograms (
        organisation BLOB NOT NULL,
        round BLOB NOT NULL,
        ballot TEXT NOT NULL,
        role TEXT NOT NULL,
        indicator TEXT NOT NULL,
        field TEXT NOT NULL CONSTRAINT ck_histograms_field CHECK (field IN ('current', 'target')),
        counts TEXT NOT NULL,
        cannot_say INTEGER NOT NULL,
        not_applicable INTEGER NOT NULL,
        CONSTRAINT pk_histograms PRIMARY KEY (organisation, round, ballot, role, indicator, field),
        CONSTRAINT fk_histograms_rounds FOREIGN KEY (organisation, round) REFERENCES rounds (organisation, round)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "histograms" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',X'01A20433B98571AB836369447F6E92BC','agreed','organisation','tiny.1','current','[0,0,1,0]',0,0);
INSERT INTO "histograms" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',X'01A20433B98571AB836369447F6E92BC','agreed','organisation','tiny.1','target','[0,0,0,1]',0,0);
INSERT INTO "histograms" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',X'01A20433B98571AB836369447F6E92BC','agreed','organisation','tiny.1-1','current','[0,0,0,0]',1,0);
INSERT INTO "histograms" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',X'01A20433B98571AB836369447F6E92BC','agreed','organisation','tiny.2','current','[0,1,0,0]',0,0);
INSERT INTO "histograms" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',X'01A20433B98571AB836369447F6E92BC','agreed','organisation','tiny.2-1','current','[0,0,0,0]',0,1);
INSERT INTO "histograms" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',X'01A20433B98571AB836369447F6E92BC','agreed','organisation','tiny.2-1','target','[0,0,0,0]',0,1);
INSERT INTO "histograms" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',X'01A20433B98571AB836369447F6E92BC','first','it','tiny.1','current','[0,1,1,0]',0,0);
INSERT INTO "histograms" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',X'01A20433B98571AB836369447F6E92BC','first','it','tiny.1-1','current','[0,1,1,0]',0,0);
INSERT INTO "histograms" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',X'01A20433B98571AB836369447F6E92BC','first','it','tiny.2','current','[0,1,1,0]',0,0);
INSERT INTO "histograms" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',X'01A20433B98571AB836369447F6E92BC','first','it','tiny.2-1','current','[0,1,1,0]',0,0);
INSERT INTO "histograms" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',X'01A20433B98571AB836369447F6E92BC','first','management','tiny.1','current','[1,0,0,0]',0,0);
INSERT INTO "histograms" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',X'01A20433B98571AB836369447F6E92BC','first','management','tiny.1-1','current','[1,0,0,0]',0,0);
INSERT INTO "histograms" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',X'01A20433B98571AB836369447F6E92BC','first','management','tiny.2','current','[1,0,0,0]',0,0);
INSERT INTO "histograms" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',X'01A20433B98571AB836369447F6E92BC','first','management','tiny.2-1','current','[1,0,0,0]',0,0);
CREATE TABLE organisations (
        organisation BLOB NOT NULL,
        name TEXT NOT NULL,
        name_key TEXT NOT NULL,
        industry TEXT NOT NULL,
        size TEXT NOT NULL,
        first_month INTEGER NOT NULL CONSTRAINT ck_organisations_first_month CHECK (first_month BETWEEN 1 AND 12),
        timezone TEXT NOT NULL,
        sample INTEGER NOT NULL CONSTRAINT ck_organisations_sample CHECK (sample IN (0, 1)),
        created TEXT NOT NULL,
        active TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        CONSTRAINT pk_organisations PRIMARY KEY (organisation),
        CONSTRAINT ck_organisations_organisation CHECK (length(organisation) = 16)
    ) STRICT;
INSERT INTO "organisations" VALUES(X'01A20433B95973C683E0029ECE0CE4B9','甲社','甲社','manufacturing','small',4,'Asia/Tokyo',0,'2026-11-22T17:00:28.377567Z','2026-11-22T17:00:28.600314Z',31);
CREATE TABLE respondents (
        organisation BLOB NOT NULL,
        round BLOB NOT NULL,
        respondent BLOB NOT NULL,
        number INTEGER NOT NULL,
        role TEXT NOT NULL,
        name TEXT NOT NULL,
        CONSTRAINT pk_respondents PRIMARY KEY (organisation, round, respondent),
        CONSTRAINT ck_respondents_respondent CHECK (length(respondent) = 16),
        CONSTRAINT fk_respondents_rounds FOREIGN KEY (organisation, round) REFERENCES rounds (organisation, round)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "respondents" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',X'01A20433B98571AB836369447F6E92BC',X'01A20433B9867477A5085939B437DFFD',3,'organisation','');
INSERT INTO "respondents" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',X'01A20433B98571AB836369447F6E92BC',X'01A20433B9F773DCB7A7BFEC404125A5',13,'management','社員0');
INSERT INTO "respondents" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',X'01A20433B98571AB836369447F6E92BC',X'01A20433BA0874F1837FF256B1706ABB',18,'it','社員1');
INSERT INTO "respondents" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',X'01A20433B98571AB836369447F6E92BC',X'01A20433BA0F726E9C9D306A1E66BD3F',23,'it','社員2');
INSERT INTO "respondents" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',X'01A20433BA307151AA137B2E0ABBF06A',X'01A20433BA307151AA137B2F0449648B',30,'organisation','');
CREATE TABLE rounds (
        organisation BLOB NOT NULL,
        round BLOB NOT NULL,
        number INTEGER NOT NULL,
        title TEXT NOT NULL,
        edition TEXT NOT NULL,
        revision INTEGER NOT NULL,
        edition_hash TEXT NOT NULL,
        held_on TEXT NOT NULL,
        fiscal_year INTEGER NOT NULL,
        fiscal_quarter INTEGER NOT NULL CONSTRAINT ck_rounds_fiscal_quarter CHECK (fiscal_quarter BETWEEN 1 AND 4),
        first_month INTEGER NOT NULL CONSTRAINT ck_rounds_first_month CHECK (first_month BETWEEN 1 AND 12),
        timezone TEXT NOT NULL,
        previous BLOB,
        consent TEXT NOT NULL CONSTRAINT ck_rounds_consent CHECK (consent IN ('named', 'anonymous')),
        anonymity_minimum INTEGER NOT NULL CONSTRAINT ck_rounds_anonymity_minimum CHECK (anonymity_minimum >= 1),
        status TEXT NOT NULL CONSTRAINT ck_rounds_status CHECK (status IN ('open', 'closed')),
        version INTEGER NOT NULL,
        reopened INTEGER NOT NULL,
        started TEXT NOT NULL,
        started_by TEXT NOT NULL,
        closed TEXT,
        closed_by TEXT NOT NULL,
        content_hash TEXT,
        CONSTRAINT pk_rounds PRIMARY KEY (organisation, round),
        CONSTRAINT ck_rounds_round CHECK (length(round) = 16),
        CONSTRAINT ck_rounds_frozen CHECK ((status = 'closed') = (content_hash IS NOT NULL)),
        CONSTRAINT fk_rounds_editions FOREIGN KEY (organisation, edition_hash) REFERENCES editions (organisation, hash),
        CONSTRAINT fk_rounds_rounds FOREIGN KEY (organisation, previous) REFERENCES rounds (organisation, round)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "rounds" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',X'01A20433B98571AB836369447F6E92BC',2,'第1回','tiny',1,'565358086a37f87ae2e9d5ac7c740057d2c86ba6f04d5eb1b88e3a0f1c947cef','2026-11-22',2026,3,4,'Asia/Tokyo',NULL,'named',3,'closed',2,0,'2026-11-22T17:00:28.405979Z','山田','2026-11-22T17:00:28.567664Z','山田','5f579e950643c158e2521537149e0e7904804b1a2b44f98cdd2b1b2c37cd784b');
INSERT INTO "rounds" VALUES(X'01A20433B95973C683E0029ECE0CE4B9',X'01A20433BA307151AA137B2E0ABBF06A',29,'第2回','tiny',1,'565358086a37f87ae2e9d5ac7c740057d2c86ba6f04d5eb1b88e3a0f1c947cef','2026-11-22',2026,3,4,'Asia/Tokyo',X'01A20433B98571AB836369447F6E92BC','named',3,'open',1,0,'2026-11-22T17:00:28.591964Z','山田',NULL,'',NULL);
CREATE INDEX ix_organisations_active ON organisations (active, organisation);
CREATE INDEX ix_answers_round ON answers (organisation, round, indicator, sequence);
CREATE INDEX ix_events_subject ON events (organisation, subject, sequence);
CREATE TRIGGER answers_no_update BEFORE UPDATE ON answers BEGIN SELECT RAISE(ABORT, 'answers is only appended to'); END;
CREATE TRIGGER answers_no_delete BEFORE DELETE ON answers BEGIN SELECT RAISE(ABORT, 'answers is only appended to'); END;
CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events is only appended to'); END;
CREATE TRIGGER events_no_delete BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events is only appended to'); END;
CREATE TRIGGER editions_no_update BEFORE UPDATE ON editions BEGIN SELECT RAISE(ABORT, 'editions is only appended to'); END;
CREATE TRIGGER editions_no_delete BEFORE DELETE ON editions BEGIN SELECT RAISE(ABORT, 'editions is only appended to'); END;
CREATE TRIGGER answers_closed BEFORE INSERT ON answers
        WHEN (SELECT status FROM rounds WHERE organisation = NEW.organisation AND round = NEW.round) = 'closed'
        BEGIN SELECT RAISE(ABORT, 'the round is closed'); END;
CREATE TRIGGER rounds_closed BEFORE UPDATE ON rounds
        WHEN OLD.status = 'closed' AND NEW.status = 'closed'
        BEGIN SELECT RAISE(ABORT, 'the round is closed'); END;
COMMIT;

// The ballot in a phone. A tap is shown at once, kept in the phone's own memory, and sent; what cannot be sent waits there and is
// sent again. There is no connection to lose. What people or catalogues wrote is set as text, never as markup.
"use strict";
(() => {
  const given = JSON.parse(document.getElementById("ballot").textContent);
  const { words, items, answers } = given;
  const drawer = `dxassess:${given.seat}:`;
  const SOON = 1000, LATER = 15000, PATIENCE = 10000, TYPING = 1000;
  const LOOK_ANSWERING = 12000, LOOK_WAITING = 4000;
  const votes = remembered();
  let view = "item", at = 0; // what is drawn
  let told = "", about = null; // what is said about a vote, and of which item: it stands until the person goes on
  let trouble = "", offline = false, remembers = true; // what keeps votes from being saved
  let sending = false, pause = SOON, retry = 0;
  let standing = { phase: given.phase, version: given.version };
  let unfinished = null; // keeps the text that is being typed

  // -- Votes the server has not answered yet. A key belongs to one change and never to another: a change that was sent once may
  //    have arrived, so what is changed after it is a vote of its own, and follows it; and it is asked for until it is answered,
  //    also when the vote is over. What cannot be kept is set aside, to be read.

  function remembered() {
    try {
      const names = Object.keys(localStorage).filter((name) => name.startsWith(drawer));
      const found = names.map((name) => JSON.parse(localStorage.getItem(name)));
      for (const vote of found) if (!vote.aside && !vote.tried && vote.ballot !== given.ballot) vote.aside = "late";
      return found.sort((one, other) => one.made - other.made);
    } catch (error) { return []; }
  }
  function remember(vote) {
    try { localStorage.setItem(drawer + vote.key, JSON.stringify(vote)); remembers = true; } catch (error) { remembers = false; }
  }
  function forget(vote) {
    votes.splice(votes.indexOf(vote), 1);
    try { localStorage.removeItem(drawer + vote.key); } catch (error) { remembers = false; }
  }
  function setAside(vote, why) {
    vote.aside = why;
    remember(vote);
  }
  function late() { return votes.filter((vote) => vote.aside === "late"); }
  function lateWords() { return fill(words.over_lost, { n: late().length }); }
  function waiting(id) { return votes.filter((vote) => !vote.aside && (id === undefined || vote.item === id)); }
  function aside(id) { return votes.filter((vote) => vote.aside && (id === undefined || vote.item === id)); }
  function newKey() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  function change(item, fields) {
    const last = waiting(item.id).pop(), joins = last && !last.tried, own = answers[item.id];
    const vote = {
      key: newKey(), item: item.id, ballot: given.ballot, made: Date.now(), tried: false,
      based_on: joins ? last.based_on : own ? own.sequence : null,
      change: joins ? { ...last.change, ...fields } : fields,
    };
    if (joins) forget(last);
    votes.push(vote);
    remember(vote);
    if (about === null || about === item.id) tell("");
    drawState();
    send();
  }
  function shown(item) {
    const own = waiting(item.id).filter((vote) => vote.ballot === given.ballot);
    return Object.assign({}, answers[item.id], ...own.map((vote) => vote.change));
  }
  function isDone(item) { return (shown(item).state || "open") !== "open"; }
  function isOpen() { return given.ballot !== null && standing.phase === given.ballot; }

  // -- Sending, one vote after the other

  async function send() {
    if (sending) return;
    sending = true;
    clearTimeout(retry);
    try {
      while (toSend().length && await isAnswered(toSend()[0])) pause = SOON;
    } finally { sending = false; }
    if (toSend().length) {
      retry = setTimeout(send, pause);
      pause = Math.min(2 * pause, LATER);
    }
    drawState();
  }
  function toSend() { return waiting().filter((vote) => vote.tried || (isOpen() && vote.ballot === given.ballot)); }
  async function isAnswered(vote) {
    vote.tried = true;
    remember(vote);
    drawState();
    const { ballot, item, key, based_on, change } = vote;
    const reply = await ask(given.votes, { ballot, item, key, based_on, change });
    if (!reply) return false;
    trouble = reply.status === 429 || reply.status >= 500 ? reply.body.error : "";
    if (trouble) return false;
    if (reply.status === 200) keep(vote, reply.body.answer);
    else if (reply.status === 409) giveWay(item, reply.body.answer, Object.keys(reply.body.answer));
    else if (reply.status === 401 || reply.status === 410) return await isOver(vote);
    else refuse(vote, reply.body.error);
    return true;
  }
  // What is kept may hold another screen's change too: what waits here and contradicts it gives way, the rest follows.
  function keep(vote, answer) {
    forget(vote);
    if (vote.ballot === given.ballot) {
      const theirs = changed(answers[vote.item] || {}, answer).filter((name) => !(name in vote.change));
      if (theirs.length) giveWay(vote.item, answer, theirs);
      answers[vote.item] = answer;
      for (const next of waiting(vote.item)) { next.based_on = answer.sequence; remember(next); }
    }
    if (view === "over") draw(false);
  }
  function changed(before, now) {
    const blank = { state: "open", level: null, reason: null, target: null, evidence: "", comment: "" };
    return Object.keys(blank).filter((name) => now[name] !== (name in before ? before : blank)[name]);
  }
  function giveWay(id, answer, theirs) {
    finish();
    answers[id] = answer;
    for (const vote of waiting(id)) if (theirs.some((name) => name in vote.change)) setAside(vote, "stale");
    redraw(fill(words.about, { item: nameOf(id), said: words.stale }), id);
  }
  async function isOver(vote) {
    await look();
    if (isOpen() && vote.ballot === given.ballot) return false;
    setAside(vote, "late");
    redraw(isOpen() ? lateWords() : "", vote.item);
    return true;
  }
  function refuse(vote, why) {
    setAside(vote, "refused");
    redraw(fill(words.about, { item: nameOf(vote.item), said: why }), vote.item);
  }

  // An answer of the program, or null for silence and for whatever else may answer in a network.
  async function ask(address, sent) {
    const ends = new AbortController(), clock = setTimeout(() => ends.abort(), PATIENCE);
    const how = { credentials: "same-origin", cache: "no-store", signal: ends.signal };
    const post = { method: "POST", keepalive: true, headers: { "content-type": "application/json" }, body: JSON.stringify(sent) };
    try {
      const reply = await fetch(address, sent === undefined ? how : { ...how, ...post });
      const found = { status: reply.status, body: await reply.json() };
      offline = false;
      return found;
    } catch (error) {
      offline = true;
      return null;
    } finally { clearTimeout(clock); }
  }

  // -- Where the workshop stands

  async function look() {
    const reply = await ask(given.look);
    if (reply && reply.status === 401) location.reload();
    else if (reply && reply.status === 200) stand(reply.body);
    drawState();
  }
  function stand(now) {
    if (now.phase === standing.phase && now.version === standing.version) return;
    standing = now;
    finish();
    if (now.phase === "first" || now.phase === "second") { location.reload(); return; }
    for (const vote of waiting()) if (!vote.tried) setAside(vote, "late");
    view = "over";
    draw(true);
  }
  function lookAgain() {
    setTimeout(async () => { if (!document.hidden) await look(); lookAgain(); }, isOpen() ? LOOK_ANSWERING : LOOK_WAITING);
  }

  // -- Drawing: a bar with the state stays, what is below it changes

  function make(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else if (typeof value === "boolean") made[key] = value;
      else made.setAttribute(key, value);
    }
    made.append(...children.flat().filter((child) => child !== null));
    return made;
  }
  function fill(sentence, values) { return sentence.replace(/\{(\w+)\}/g, (whole, name) => name in values ? values[name] : whole); }
  const bar = make("span", {}), done = make("span", {}), saved = make("span", { role: "status" });
  const notice = make("p", { class: "note warn", role: "alert" }), home = make("div", {});
  const progress = [make("div", { class: "bar", "aria-hidden": "true" }, bar), make("div", { class: "line" }, done, saved)];
  const head = make("div", { class: "state" }, progress, notice);

  function drawState() {
    const n = items.filter(isDone).length, m = items.length, unsent = waiting().length;
    for (const part of progress) part.hidden = view === "over";
    bar.style.width = `${100 * n / (m || 1)}%`;
    say(done, fill(given.ballot === "second" ? words.chosen_again : words.answered, { n, m }));
    say(saved, unsent ? (offline ? fill(words.unsent, { n: unsent }) : words.saving) : Object.keys(answers).length ? words.saved : "");
    say(notice, !remembers && unsent ? words.not_remembered : told || trouble || (offline && unsent ? fill(words.offline, { n: unsent }) : ""));
    notice.hidden = !notice.textContent;
    const next = document.getElementById("next");
    if (next) say(next, nextLabel());
    const role = document.getElementById("role");
    if (role) role.hidden = !canChooseRole();
  }
  function tell(sentence, id = null) { [told, about] = [sentence, id]; }
  function say(place, sentence) { if (place.textContent !== sentence) place.textContent = sentence; }
  // Say something about an item; where it is on the screen, as it is now, and whoever is typing goes on.
  function redraw(sentence, id) {
    finish();
    tell(sentence, id);
    if (view === "item" && items[at].id !== id) { drawState(); return; }
    const typing = document.activeElement.id;
    draw(false);
    if (typing && document.getElementById(typing)) document.getElementById(typing).focus();
  }
  function draw(moved) {
    home.replaceChildren(...{ item: drawItem, list: drawList, done: drawDone, over: drawOver }[view]().flat().filter((part) => part !== null));
    drawState();
    if (!moved) return;
    window.scrollTo(0, 0);
    home.querySelector("h1").focus({ preventScroll: true });
  }
  function go(name, place = at) {
    finish();
    [view, at] = [name, place];
    tell("");
    if (location.hash !== here()) history.pushState(null, "", here());
    draw(true);
  }
  function here() { return "#" + encodeURIComponent(view === "item" ? items[at].code : view); }
  function arrive() {
    let asked = location.hash.slice(1);
    try { asked = decodeURIComponent(asked); } catch (error) { asked = ""; }
    const named = items.findIndex((item) => item.code === asked), open = items.findIndex((item) => !isDone(item));
    at = Math.max(named >= 0 ? named : open, 0);
    view = "item";
    if (!isOpen() || !items.length) view = "over";
    else if (named < 0 && ["list", "done"].includes(asked)) view = asked;
    else if (named < 0 && open < 0) view = "done";
  }
  function title(...parts) { return make("h1", { tabindex: "-1" }, ...parts); }
  function button(label, press, more = {}) { return make("button", { type: "button", onclick: press, ...more }, label); }
  function foot(...buttons) { return make("nav", { class: "foot" }, make("div", {}, ...buttons)); }

  // One item

  function drawItem() {
    const item = items[at], answer = shown(item);
    return [
      canChooseRole() ? roleLine() : null,
      make("p", { class: "quiet" }, `${item.group === item.title ? "" : item.group + "　"}${fill(words.item_of, { n: at + 1, m: items.length })}`),
      title(make("span", { class: "code" }, item.code), item.title),
      make("p", { class: "question" }, item.question),
      given.ballot === "second" ? make("p", { class: "note" }, firstWas(item)) : null,
      aside(item.id).map(asideNote),
      levels(item, answer),
      guidance(item),
      more(item, answer),
      foot(
        button(words.back, () => go("item", at - 1), { disabled: at === 0 }),
        button(words.overview, () => go("list")),
        button(nextLabel(), () => at === items.length - 1 ? go("done") : go("item", at + 1), { class: "primary", id: "next" }),
      ),
    ];
  }
  function firstWas(item) {
    const said = described(item.first).join("　");
    return said ? fill(words.first_was, { level: said }) : words.first_none;
  }
  function canChooseRole() { return given.ballot === "first" && !Object.keys(answers).length && !votes.length; }
  function roleLine() {
    const link = make("a", { href: given.role.change }, words.role_change);
    return make("p", { class: "quiet", id: "role" }, fill(words.role_is, { role: given.role.name }), link);
  }
  function nextLabel() {
    if (at === items.length - 1) return words.finish;
    if (isDone(items[at])) return words.next;
    return given.ballot === "second" && described(items[at].first).length ? words.keep_first : words.skip;
  }
  function guidance(item) {
    const listed = item.conditions.map((line) => make("li", {}, line));
    return make("details", {}, make("summary", {}, words.guidance), make("div", {},
      item.guidance ? make("p", {}, item.guidance) : null,
      listed.length ? make("ul", {}, listed) : null,
      make("p", { class: "quiet" }, item.wording)));
  }
  function levels(item, answer) {
    const rows = given.levels.map((level, place) => row(
      answer.state === "answered" && answer.level === level.value,
      () => pick(item, { state: "answered", level: level.value, reason: null }),
      make("b", {}, make("span", { class: "number" }, level.label), level.name, badge(item, level)),
      item.levels[place] ? make("span", { class: "text" }, item.levels[place]) : null));
    rows.push(row(answer.state === "cannot_say", () => pick(item, { state: "cannot_say", level: null, reason: null }),
      make("b", {}, words.cannot_say), make("span", { class: "text" }, words.cannot_say_text)));
    return make("fieldset", {}, make("legend", {}, words.levels), rows);
  }
  function row(checked, pick, ...children) {
    return make("label", { class: "row" }, make("input", { type: "radio", name: "level", checked, onchange: pick }), make("span", {}, ...children));
  }
  function badge(item, level) {
    const first = item.first && item.first.state === "answered" && item.first.level === level.value;
    return first ? make("span", { class: "badge" }, words.first_badge) : null;
  }
  function pick(item, fields) {
    change(item, fields);
    const reason = document.getElementById("reason");
    if (reason) reason.value = "";
  }
  function more(item, answer) {
    const filled = Boolean(answer.evidence || answer.comment || answer.reason) || typeof answer.target === "number";
    return make("details", { open: filled }, make("summary", {}, filled ? words.more_filled : words.more), make("div", {},
      area(item, answer, "evidence"), area(item, answer, "comment"), target(item, answer),
      given.reasons.length ? reason(item, answer) : null));
  }
  function area(item, answer, name) {
    let timer = 0;
    const text = make("textarea", { id: name, maxlength: given.limit, placeholder: words[`${name}_hint`] });
    text.value = answer[name] || "";
    const take = () => {
      clearTimeout(timer);
      unfinished = null;
      if (tidy(text.value) !== (shown(item)[name] || "")) change(item, { [name]: tidy(text.value) });
    };
    text.addEventListener("input", () => { clearTimeout(timer); unfinished = take; timer = setTimeout(take, TYPING); });
    text.addEventListener("blur", () => { if (unfinished === take) take(); });
    return make("div", {}, make("label", { class: "field", for: name }, words[name]), text);
  }
  function finish() { if (unfinished) unfinished(); }
  // As the server keeps it, so that what it sends back is what stands here; without signs that cannot be kept (a slide's line break).
  function tidy(text) {
    const plain = text.replace(/\r\n?|\u000b/g, "\n").replace(/[\u0000-\u0008\u000c-\u001f\u007f-\u009f]|\p{Cs}|\p{Noncharacter_Code_Point}/gu, "");
    return plain.normalize("NFC").trim();
  }
  function target(item, answer) {
    const options = [["", words.target_none], ...given.levels.map((level) => [String(level.value), levelName(level.value)])];
    return choice("target", words.target, options, typeof answer.target === "number" ? String(answer.target) : "",
      (picked) => change(item, { target: picked === "" ? null : Number(picked) }));
  }
  function reason(item, answer) {
    const options = [["", words.not_applicable_none], ...given.reasons.map((each) => [each.id, each.label])];
    return choice("reason", words.not_applicable_because, options, answer.reason || "", (picked) => {
      change(item, { state: picked ? "not_applicable" : "open", reason: picked || null, level: null });
      for (const radio of home.querySelectorAll("input[type=radio]")) radio.checked = false;
    });
  }
  function choice(id, label, options, value, take) {
    const list = make("select", { id, onchange: () => take(list.value) }, options.map(([key, text]) => make("option", { value: key }, text)));
    list.value = value;
    return make("div", {}, make("label", { class: "field", for: id }, label), list);
  }

  // What somebody said, in words

  function levelName(value) {
    const level = given.levels.find((each) => each.value === value);
    return `${level.label}　${level.name}`;
  }
  function described(said) {
    if (!said) return [];
    const reason = given.reasons.find((each) => each.id === said.reason);
    return [
      typeof said.level === "number" ? levelName(said.level) : "",
      said.state === "cannot_say" ? words.cannot_say : "",
      reason ? `${words.not_applicable}：${reason.label}` : "",
      typeof said.target === "number" ? `${words.target}：${levelName(said.target)}` : "",
      said.evidence || "",
      said.comment || "",
    ].filter((part) => part);
  }
  // Of an item that is not asked any more the number is all that is known here.
  function nameOf(id) {
    const item = items.find((each) => each.id === id);
    return item ? `${item.code}　${item.title}` : id.split(".").pop();
  }
  function asideNote(vote) {
    return make("div", { class: "note warn" },
      make("p", {}, fill(words.aside, { item: nameOf(vote.item) })),
      described(vote.change).map((part) => make("p", { class: "said" }, part)),
      button(words.aside_seen, () => { forget(vote); if (about === vote.item) tell(""); draw(false); }));
  }

  // The list, the end, and after the end

  function drawList() {
    const parts = [title(words.overview_title), make("p", { class: "quiet" }, words.overview_lead)];
    let group = null, chips = null;
    items.forEach((item, place) => {
      if (item.group !== group) {
        group = item.group;
        chips = make("div", { class: "chips" });
        parts.push(make("h2", {}, group), chips);
      }
      chips.append(button(item.code, () => go("item", place), { class: isDone(item) ? "done" : "", title: item.title }));
      chips.lastChild.append(make("small", {}, mark(item)));
    });
    return [...parts, deviceOffer(),
      foot(button(words.back_to_item, () => go("item")), button(words.finish, () => go("done"), { class: "primary" }))];
  }
  function mark(item) {
    if (waiting(item.id).length) return words.mark_waiting;
    if (isDone(item)) return words.mark_done;
    return given.ballot === "second" ? words.mark_first : words.mark_open;
  }
  function deviceOffer() {
    const place = make("div", {}, make("p", { class: "quiet" }, words.device_lead));
    const press = async () => {
      const reply = await ask(given.device, {});
      if (reply && reply.status === 200) place.replaceChildren(...deviceLink(reply.body));
      else { tell(reply ? reply.body.error : words.device_offline); drawState(); window.scrollTo(0, 0); }
    };
    place.append(button(words.device, press, { class: "wide" }));
    return [make("h2", {}, words.device), place];
  }
  function deviceLink(made) {
    return [
      make("p", {}, words.device_how),
      make("img", { src: made.qr, alt: words.device_qr, class: "qr" }),
      make("p", { class: "address" }, made.address),
    ];
  }
  function drawDone() {
    const open = items.filter((item) => !isDone(item)), unsent = waiting().length, again = given.ballot === "second";
    return [
      title(words.done_title),
      unsent ? make("p", { class: "note warn" }, fill(words.done_waiting, { n: unsent })) : null,
      open.length ? make("p", { class: "note" }, fill(again ? words.done_as_first : words.done_open, { n: open.length })) : null,
      make("p", {}, words.done),
      open.length && !again ? button(words.done_open_button, () => go("item", items.indexOf(open[0])), { class: "primary wide" }) : null,
      button(words.done_change, () => go("list"), { class: "wide" }),
    ];
  }
  function drawOver() {
    const kind = { closed: "closed", soon: "soon", done: "final" }[standing.phase] || "over", lost = late();
    return [
      title(words[`${kind}_title`]),
      make("p", {}, words[kind]),
      lost.length ? make("p", {}, lateWords()) : null,
      lost.map(asideNote),
    ];
  }

  // -- Begin

  document.querySelector("main").replaceChildren(head, home);
  arrive();
  if (view !== "over") history.replaceState(null, "", here());
  if (isOpen() && late().length) tell(lateWords());
  draw(false);
  send();
  lookAgain();
  addEventListener("popstate", () => { finish(); tell(""); arrive(); draw(true); });
  addEventListener("online", () => { pause = SOON; send(); });
  addEventListener("pagehide", finish);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) { finish(); return; }
    pause = SOON;
    send();
    look();
  });
})();

// The ballot in a phone. A tap is shown at once, put into the phone's own memory, and sent; what cannot be sent waits there
// and is sent again. There is no connection to lose. Everything people or catalogues wrote is set as text, never as markup.
"use strict";
(function () {
  const given = JSON.parse(document.getElementById("ballot").textContent);
  const words = given.words, items = given.items, home = document.querySelector("main");
  const drawer = "dxassess:" + given.seat + ":" + given.ballot;
  const SHORT = 1000, LONG = 15000, TYPING = 1000, LOOK_WAITING = 4000, LOOK_ANSWERING = 12000, GONE = [401, 403, 404, 410];
  const answers = given.answers;
  let waiting = remembered(), at = 0, view = "item", pause = SHORT, sending = false, told = "", offline = false, keeps = true;
  let phase = given.phase, version = given.version, lost = 0, retry = 0;

  // -- what waits to be sent: {item: {key, based_on, change}}; a key belongs to one change and never to another

  function remembered() {
    try { return JSON.parse(localStorage.getItem(drawer)) || {}; } catch (error) { return {}; }
  }
  function remember() {
    try {
      if (Object.keys(waiting).length) localStorage.setItem(drawer, JSON.stringify(waiting));
      else localStorage.removeItem(drawer);
      keeps = true;
    } catch (error) { keeps = false; }
  }
  function newKey() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }
  function count() { return Object.keys(waiting).length; }
  function shown(item) { return Object.assign({}, answers[item.id], waiting[item.id] ? waiting[item.id].change : {}); }
  function isDone(item) { return (shown(item).state || "open") !== "open"; }
  function change(item, fields) {
    const before = waiting[item.id];
    const own = answers[item.id];
    waiting[item.id] = {
      key: newKey(),
      based_on: before ? before.based_on : (own ? own.sequence : null),
      change: Object.assign({}, before ? before.change : {}, fields),
    };
    told = "";
    remember();
    drawState();
    send();
  }

  // -- sending

  async function send() {
    if (sending || phase !== given.ballot) return;
    sending = true;
    clearTimeout(retry);
    try {
      while (count() && phase === given.ballot) {
        const id = Object.keys(waiting)[0], vote = waiting[id];
        drawState();
        if (!(await sent(id, vote))) break;
      }
    } finally { sending = false; }
    drawState();
    if (count() && phase === given.ballot) { retry = setTimeout(send, pause); pause = Math.min(2 * pause, LONG); }
  }
  async function sent(id, vote) {
    let reply, body;
    try {
      reply = await fetch(given.votes, {
        method: "POST", headers: { "content-type": "application/json" }, credentials: "same-origin", cache: "no-store",
        body: JSON.stringify({ item: id, key: vote.key, based_on: vote.based_on, change: vote.change }),
      });
      body = await reply.json();
    } catch (error) { offline = true; return false; }
    offline = false;
    if (reply.status >= 500 || reply.status === 429) { told = body.error || ""; return false; }
    pause = SHORT;
    if (reply.ok || reply.status === 409) { settle(id, vote, body); return true; }
    if (GONE.includes(reply.status)) { told = body.error || ""; await look(); if (phase === given.ballot) over(); return false; }
    told = body.error || "";
    delete waiting[id];
    remember();
    redraw();
    return true;
  }
  function settle(id, vote, body) {
    answers[id] = body.answer;
    const now = waiting[id];
    if (now && now.key === vote.key) delete waiting[id];
    else if (now) now.based_on = body.answer.sequence;
    remember();
    told = body.stale ? words.stale : "";
    if (body.stale) { if (now && now.key !== vote.key) delete waiting[id]; remember(); redraw(); }
  }

  // -- where the workshop stands

  async function look() {
    try {
      const reply = await fetch(given.look, { credentials: "same-origin", cache: "no-store" });
      const body = await reply.json();
      offline = false;
      if (!reply.ok) { if (GONE.includes(reply.status)) location.reload(); return; }
      if (body.phase === phase && body.version === version) return;
      if (body.phase === "first" || body.phase === "second") { location.reload(); return; }
      phase = body.phase;
      version = body.version;
      over();
    } catch (error) { offline = count() > 0; drawState(); }
  }
  function over() {
    lost = count();
    view = "over";
    draw();
  }
  function again() {
    setTimeout(async () => { if (!document.hidden) await look(); again(); }, view === "item" ? LOOK_ANSWERING : LOOK_WAITING);
  }

  // -- drawing

  function make(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else if (key === "checked" || key === "disabled" || key === "selected" || key === "open") made[key] = value;
      else if (value !== null && value !== undefined) made.setAttribute(key, value);
    }
    made.append(...children.filter((child) => child !== null && child !== undefined));
    return made;
  }
  function fill(sentence, values) { return sentence.replace(/\{(\w+)\}/g, (whole, name) => name in values ? values[name] : whole); }
  function levelName(place) {
    const level = given.levels[place];
    return level ? level.value + "　" + level.name : "–";
  }
  function stateLine() {
    if (!keeps && count()) return words.not_kept;
    if (told) return told;
    if (count()) return offline ? fill(words.waiting, { n: count() }) : words.saving;
    return Object.keys(answers).length ? words.saved : "";
  }
  function drawState() {
    const done = items.filter(isDone).length;
    for (const place of document.querySelectorAll("[data-saved]")) place.textContent = stateLine();
    for (const place of document.querySelectorAll("[data-done]")) place.textContent = fill(words.answered, { n: done, m: items.length });
    for (const place of document.querySelectorAll("[data-bar]")) place.style.width = 100 * done / items.length + "%";
    const next = document.querySelector("[data-next]");
    if (next && view === "item") next.textContent = nextLabel();
  }
  function head() {
    return [
      make("div", { class: "bar", "aria-hidden": "true" }, make("span", { "data-bar": "" })),
      make("div", { class: "state" }, make("span", { "data-done": "" }), make("span", { "data-saved": "", role: "status" })),
    ];
  }
  function nextLabel() {
    if (at === items.length - 1) return words.finish;
    return isDone(items[at]) ? words.next : words.skip;
  }
  function foot(...buttons) { return make("nav", { class: "foot" }, make("div", {}, ...buttons)); }
  function go(place) { at = place; view = "item"; draw(true); }
  function show(name) { view = name; draw(true); }
  function redraw() { if (view === "item") draw(); else drawState(); }

  function draw(moved) {
    const views = { item: drawItem, list: drawList, done: drawDone, over: drawOver };
    home.replaceChildren(...views[view]());
    drawState();
    if (moved) { window.scrollTo(0, 0); const title = home.querySelector("h1"); if (title) title.focus({ preventScroll: true }); note(); }
  }
  function note() {
    const wanted = view === "item" ? "#" + items[at].code : "#" + view;
    if (location.hash !== wanted) history.replaceState(null, "", wanted);
  }

  function drawItem() {
    const item = items[at], answer = shown(item);
    return [
      ...head(),
      make("p", { class: "quiet" }, (item.group === item.title ? "" : item.group + "　") + fill(words.item_of, { n: at + 1, m: items.length })),
      make("h1", { tabindex: "-1" }, make("span", { class: "code" }, item.code), item.title),
      make("p", { class: "question" }, item.question),
      given.ballot === "second" ? make("p", { class: "note" }, fill(words.first_was, { level: item.first || "–" })) : null,
      guidance(item),
      levels(item, answer),
      more(item, answer),
      foot(
        make("button", { onclick: () => go(at - 1), disabled: at === 0 }, words.back),
        make("button", { onclick: () => show("list") }, words.overview),
        make("button", { class: "primary", "data-next": "", onclick: () => at === items.length - 1 ? show("done") : go(at + 1) }, nextLabel()),
      ),
    ].filter((part) => part !== null);
  }
  function guidance(item) {
    const listed = item.conditions.map((line) => make("li", {}, line));
    return make("details", {}, make("summary", {}, words.guidance), make("div", {},
      item.guidance ? make("p", {}, item.guidance) : null,
      listed.length ? make("ul", {}, ...listed) : null,
      make("p", { class: "quiet" }, item.wording)));
  }
  function levels(item, answer) {
    const rows = given.levels.map((level, place) => row(item, String(place), answer.state === "answered" && answer.level === place,
      { state: "answered", level: place, reason: null }, make("b", {}, make("span", { class: "number" }, level.value), level.name, badge(item, place)),
      make("span", { class: "text" }, item.levels[place] || "")));
    rows.push(row(item, "?", answer.state === "cannot_say", { state: "cannot_say", level: null, reason: null },
      make("b", {}, words.cannot_say), make("span", { class: "text" }, words.cannot_say_text)));
    return make("fieldset", {}, make("legend", {}, words.levels), ...rows);
  }
  function badge(item, place) { return item.first_place === place ? make("span", { class: "badge" }, words.first_badge) : null; }
  function row(item, value, checked, fields, ...children) {
    return make("label", { class: "row" },
      make("input", { type: "radio", name: "level-" + item.code, value: value, checked: checked, onchange: () => { change(item, fields); clearReason(); } }),
      make("span", {}, ...children));
  }
  function clearReason() { const list = document.getElementById("reason"); if (list) list.value = ""; }
  function more(item, answer) {
    const filled = answer.evidence || answer.comment || answer.reason || (answer.target !== null && answer.target !== undefined);
    return make("details", { open: Boolean(filled) }, make("summary", {}, filled ? words.more_filled : words.more), make("div", {},
      area(item, answer, "evidence"), area(item, answer, "comment"), target(item, answer), reason(item, answer)));
  }
  function area(item, answer, name) {
    let timer = 0;
    const text = make("textarea", { id: name, maxlength: given.limit, placeholder: words[name + "_hint"] });
    text.value = answer[name] || "";
    const keep = () => { clearTimeout(timer); if (text.value.trim() !== (shown(item)[name] || "")) change(item, { [name]: text.value.trim() }); };
    text.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keep, TYPING); });
    text.addEventListener("blur", keep);
    return make("div", {}, make("label", { class: "field", for: name }, words[name]), text);
  }
  function choice(id, label, options, value, keep) {
    const list = make("select", { id: id, onchange: (event) => keep(event.target.value) }, ...options.map(([key, text]) => make("option", { value: key }, text)));
    list.value = value;
    return make("div", {}, make("label", { class: "field", for: id }, label), list);
  }
  function target(item, answer) {
    const options = [["", words.target_none], ...given.levels.map((level, place) => [String(place), level.value + "　" + level.name])];
    const value = answer.target === null || answer.target === undefined ? "" : String(answer.target);
    return choice("target", words.target, options, value, (picked) => change(item, { target: picked === "" ? null : Number(picked) }));
  }
  function reason(item, answer) {
    const options = [["", words.not_applicable_none], ...given.reasons.map((each) => [each.id, each.label])];
    return choice("reason", words.not_applicable_because, options, answer.state === "not_applicable" ? answer.reason : "", (picked) => {
      change(item, picked ? { state: "not_applicable", reason: picked, level: null } : { state: "open", reason: null, level: null });
      draw();
    });
  }
  function drawList() {
    const parts = [...head(), make("h1", { tabindex: "-1" }, words.overview_title), make("p", { class: "quiet" }, words.overview_lead)];
    let group = null, chips = null;
    items.forEach((item, place) => {
      if (item.group !== group) { group = item.group; chips = make("div", { class: "chips" }); parts.push(make("h2", {}, group), chips); }
      const mark = waiting[item.id] ? words.mark_waiting : isDone(item) ? words.mark_done : words.mark_open;
      chips.append(make("button", { class: isDone(item) ? "done" : "", onclick: () => go(place) }, item.code, make("small", {}, mark)));
    });
    parts.push(foot(make("button", { onclick: () => go(at) }, words.back), make("button", { class: "primary", onclick: () => show("done") }, words.finish)));
    return parts;
  }
  function drawDone() {
    const open = items.filter((item) => !isDone(item));
    return [
      ...head(),
      make("h1", { tabindex: "-1" }, words.done_title),
      count() ? make("p", { class: "note warn" }, fill(words.done_waiting, { n: count() })) : null,
      open.length ? make("p", { class: "note" }, fill(words.done_open, { n: open.length })) : null,
      make("p", {}, words.done),
      open.length ? make("button", { class: "primary wide", onclick: () => go(items.indexOf(open[0])) }, words.done_open_button) : null,
      make("button", { class: "wide", onclick: () => show("list") }, words.done_change),
    ].filter((part) => part !== null);
  }
  function drawOver() {
    const kind = { closed: "closed", soon: "soon", done: "final" }[phase] || "over";
    return [
      make("h1", { tabindex: "-1" }, words[kind + "_title"]),
      make("p", {}, words[kind]),
      lost ? make("p", { class: "note warn" }, fill(words.over_lost, { n: lost })) : null,
    ].filter((part) => part !== null);
  }

  // -- begin

  const asked = decodeURIComponent(location.hash.slice(1));
  const found = items.findIndex((item) => item.code === asked), first = items.findIndex((item) => !isDone(item));
  at = Math.max(found >= 0 ? found : first, 0);
  if (phase !== given.ballot || !items.length) view = "over";
  else if (asked === "list" || asked === "done") view = asked;
  else if (found < 0 && first < 0) view = "done";
  draw();
  note();
  send();
  again();
  addEventListener("online", () => { pause = SHORT; send(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) { pause = SHORT; send(); look(); } });
  addEventListener("hashchange", () => { const place = items.findIndex((item) => "#" + item.code === location.hash); if (place >= 0 && place !== at) go(place); });
})();

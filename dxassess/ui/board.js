() => {
  // What a facilitator does without a mouse, a clock that ticks, copying and printing: once per browser tab.
  const FIELDS = "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable=true], [role=combobox], [role=listbox], [role=option], [role=spinbutton]";
  const CHOICES = "[role=radio], [role=radiogroup], [role=tab], input[type=radio]";
  const KEYS = { ArrowLeft: "board-back", ArrowRight: "board-next", r: "board-reveal", a: "board-agree" };
  const button = (name) => document.querySelector(`.st-key-${name} button:not(:disabled)`);
  // Arrows move among levels for somebody who came to them with the keyboard; after a tap on a level they turn the page.
  let tapped = false;
  const chooses = (at) => !tapped && at?.closest(CHOICES);

  const pressed = (event) => {
    if (event.key === "Tab") tapped = false;
    if (!document.querySelector(".dx-board") || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const at = document.activeElement;
    const name = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!name || at?.closest(FIELDS) || (event.key.startsWith("Arrow") && chooses(at))) return;
    if (document.querySelector("[role=dialog]")) { if (event.key.length === 1) stop(event); return; }
    stop(event);
    if (event.repeat) return;
    if (name === "board-agree") agree();
    else button(name)?.click();
  };
  const stop = (event) => { event.preventDefault(); event.stopImmediatePropagation(); };
  const agree = () => {
    tapped = false;
    const choices = document.querySelector(".st-key-board-agreed");
    choices?.scrollIntoView({ block: "nearest" });
    (choices?.querySelector("[aria-checked=true], [role=radio], button, input"))?.focus();
  };

  // What somebody is typing was begun on what stood then. Where another facilitator records meanwhile, the text is handed
  // over with that record's number, between two signs nobody sees or types, so that it is not taken for an answer to theirs.
  const WORDS = ["reason", "evidence", "idea"].map((name) => `[class*="st-key-${name}-"] :is(input, textarea)`).join();
  const seen = () => document.querySelector(".st-key-seen-slot input")?.value ?? "";
  const begun = new WeakMap();
  const typing = (event) => {
    const field = event.target;
    if (event.isTrusted && field.matches?.(WORDS) && !begun.has(field)) begun.set(field, seen());
  };
  const hands = (event) => event.key === "Enter" && (event.target.tagName === "INPUT" || event.ctrlKey || event.metaKey);
  const left = (event) => {
    const field = event.target;
    if (!begun.has(field) || (event.type === "keydown" && !hands(event))) return;
    const on = begun.get(field);
    begun.delete(field);
    if (on === seen()) return;
    const kind = field.tagName === "INPUT" ? HTMLInputElement : HTMLTextAreaElement;
    Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(field, `${field.value}\u2063${on}\u2063`);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const clicked = (event) => {
    const copy = event.target.closest?.("[data-copy]");
    if (copy) handOver(copy);
    const print = event.target.closest?.("[data-print]");
    if (print) printed(print.dataset.print);
  };
  const handOver = async (copy) => {
    try { await navigator.clipboard.writeText(copy.dataset.copy); }
    catch { selected(copy.dataset.copy); }
    const said = copy.textContent;
    copy.textContent = copy.dataset.copied;
    setTimeout(() => { copy.textContent = said; }, 1500);
  };
  const selected = (text) => {
    const area = document.body.appendChild(document.createElement("textarea"));
    area.value = text;
    area.select();
    document.execCommand("copy");
    area.remove();
  };
  // What is printed is a copy beside the page, so that nothing of the page's own layout gets onto the paper.
  let wanted = null;
  const printed = (part) => { wanted = part; window.print(); wanted = null; };
  const lay = () => {
    const found = document.querySelector(`.${wanted ?? "dx-record"}`);
    if (!found) return;
    const paper = document.body.appendChild(document.createElement("div"));
    paper.className = "dx-paper";
    paper.append(found.cloneNode(true));
    for (const fold of paper.querySelectorAll("details")) fold.open = true;
  };
  const clear = () => { for (const paper of document.querySelectorAll(".dx-paper")) paper.remove(); };

  const pad = (n) => String(n).padStart(2, "0");
  const tick = () => {
    for (const clock of document.querySelectorAll(".dx-clock[data-left]")) {
      if (clock.dxLeft !== clock.dataset.left) {
        clock.dxLeft = clock.dataset.left;
        clock.dxUntil = performance.now() + 1000 * Number(clock.dataset.left);
      }
      const left = Math.ceil((clock.dxUntil - performance.now()) / 1000);
      const shown = `${left < 0 ? "−" : ""}${Math.floor(Math.abs(left) / 60)}:${pad(Math.abs(left) % 60)}`;
      if (clock.textContent !== shown) clock.textContent = shown;
      clock.classList.toggle("over", left < 0);
    }
  };

  if (window.dxassessBoard) return;
  window.dxassessBoard = true;
  window.addEventListener("keydown", pressed, true);
  window.addEventListener("pointerdown", () => { tapped = true; }, true);
  document.addEventListener("click", clicked);
  document.addEventListener("input", typing, true);
  window.addEventListener("focusout", left, true);
  window.addEventListener("keydown", left, true);
  window.addEventListener("beforeprint", lay);
  window.addEventListener("afterprint", clear);
  setInterval(tick, 250);
}

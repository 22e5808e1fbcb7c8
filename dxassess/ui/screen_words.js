(given) => {
  const used = { ...given, waiting: false, item: window.dxassessWords?.item };
  const rendered = (line, value) => {
    const said = line.said.find((known) => value === known || (known.endsWith(" ") && value.startsWith(known)));
    return said === undefined ? value : line.ours + value.slice(said.length);
  };
  const put = (part, line) => {
    const isText = (node) => line.attribute === null && node?.nodeType === Node.TEXT_NODE;
    const text = [part.firstChild, part.lastChild].find(isText) ?? null;
    const value = text ? text.data : line.attribute && part.getAttribute(line.attribute);
    if (!value) return;
    const ours = rendered(line, value);
    if (ours === value) return;
    if (text) {
      text.data = ours;
      for (let more = text.nextSibling; more; more = more.nextSibling)
        if (more.nodeType === Node.TEXT_NODE) more.data = "";
        else more.hidden = true;
    }
    else part.setAttribute(line.attribute, ours);
  };
  const beginAtTheTop = () => {
    const item = document.querySelector(".dx-item-title")?.textContent;
    const before = window.dxassessWords.item;
    window.dxassessWords.item = item;
    const top = document.querySelector(".dx-saved");
    if (item && before && item !== before && top?.getBoundingClientRect().top < 0) top.scrollIntoView({ block: "start" });
  };
  const apply = () => {
    window.dxassessWords.waiting = false;
    beginAtTheTop();
    for (const line of window.dxassessWords.lines)
      for (const part of document.querySelectorAll(line.place)) put(part, line);
  };
  const soon = () => {
    if (window.dxassessWords.waiting) return;
    window.dxassessWords.waiting = true;
    requestAnimationFrame(apply);
  };
  const handOver = (field) =>
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true }));
  const typed = (event) => {
    const field = event.target;
    if (field.tagName !== "TEXTAREA") return;
    clearTimeout(field.dxassessPause);
    if (!event.isComposing) field.dxassessPause = setTimeout(handOver, 1000, field);
  };
  const isFirst = !window.dxassessWords;
  window.dxassessWords = used;
  document.documentElement.lang = given.language;
  if (isFirst) {
    document.addEventListener("input", typed, true);
    document.addEventListener("compositionend", typed, true);
    new MutationObserver(soon).observe(document.body, {
      subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["aria-label", "placeholder"],
    });
  }
  soon();
}

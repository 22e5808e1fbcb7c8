"""A walk past every page in one language: what is written there, what it looks like, what it asks the network for."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, ViewportSize, expect

from dxassess.text import Language
from tests.browser.person import PATHS, Person
from tests.browser.program import Program

SIZES: dict[str, ViewportSize] = {
    "laptop": {"width": 1366, "height": 768},
    "projector": {"width": 1920, "height": 1080},
    "phone": {"width": 390, "height": 844},
}
TALLEST = 9000
HEIGHT = "() => document.querySelector('[data-testid=stMain]').scrollHeight"
TOO_WIDE = """() => [document.documentElement, document.querySelector('[data-testid=stMain]')]
    .map(part => part.scrollWidth - part.clientWidth).reduce((a, b) => Math.max(a, b), 0)"""
NOTHING_FOLDED = """() => [...document.querySelectorAll('details')].every(
    fold => fold.open && fold.lastElementChild.innerText.trim())"""
COVERED = """() => {
    const lines = [];
    const walk = document.createTreeWalker(document.querySelector('[data-testid=stMain]'), NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const near = walk.currentNode.parentElement;
        if (!walk.currentNode.data.trim() || !near.checkVisibility()) continue;
        if (near.closest('svg, style, script, [data-testid=stIconMaterial], .st-key-answering-foot')) continue;
        let hidden = false;
        for (let part = near; part; part = part.parentElement) {
            const look = getComputedStyle(part);
            hidden ||= look.visibility === 'hidden' || look.clipPath !== 'none' || look.opacity === '0';
        }
        if (hidden) continue;
        const range = document.createRange();
        range.selectNodeContents(walk.currentNode);
        for (const box of range.getClientRects()) lines.push({box, near, said: walk.currentNode.data.trim()});
    }
    const meet = (one, two) => Math.min(one.right, two.right) - Math.max(one.left, two.left) > 2
        && Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top) > 8;
    return lines.flatMap((one, place) => lines.slice(place + 1)
        .filter(two => one.near !== two.near && meet(one.box, two.box)).map(two => one.said + ' | ' + two.said));
}"""
NOTHING_EMPTY = """() => [...document.querySelectorAll('details[open]')].every(
    fold => fold.lastElementChild.innerText.trim())"""
FAINT = """() => {
    const parts = said => {
        const numbers = said.match(/[\\d.]+(?:e-?\\d+)?/g).map(Number);
        const [red, green, blue, solid = 1] = numbers;
        const most = said.startsWith('color(') ? 1 : 255;
        return {rgb: [red / most, green / most, blue / most], solid};
    };
    const over = (top, below) => ({rgb: top.rgb.map((part, i) => part * top.solid + below.rgb[i] * (1 - top.solid)), solid: 1});
    const ground = part => {
        if (!part) return {rgb: [1, 1, 1], solid: 1};
        const own = parts(getComputedStyle(part).backgroundColor);
        return own.solid === 1 ? own : over(own, ground(part.parentElement));
    };
    const light = ({rgb}) => rgb.map(part => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
    const found = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const near = walk.currentNode.parentElement;
        if (!/[\\p{L}\\p{N}]/u.test(walk.currentNode.data)) continue;
        if (!near.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
        if (near.closest('style, script, noscript, [disabled], [data-disabled], [aria-disabled=true], [data-testid=stIconMaterial]')) continue;
        const look = getComputedStyle(near);
        let ink = parts(near.closest('svg') ? look.fill : look.color);
        for (let part = near; part; part = part.parentElement) ink.solid *= Number(getComputedStyle(part).opacity);
        const back = ground(near);
        const [high, low] = [light(over(ink, back)), light(back)].sort((a, b) => b - a);
        const ratio = (high + 0.05) / (low + 0.05);
        const size = parseFloat(look.fontSize);
        const large = size >= 24 || (size >= 18.66 && Number(look.fontWeight) >= 700);
        if (ratio < (large ? 3 : 4.5)) found.push(`${walk.currentNode.data.trim().slice(0, 40)} ${ratio.toFixed(2)}`);
    }
    return found;
}"""
TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
WORDS = """() => {
    const said = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const near = walk.currentNode.parentElement;
        if (near.closest('style, script, noscript, [data-testid=stIconMaterial]') || !near.getClientRects().length) continue;
        if (walk.currentNode.data.trim()) said.push(walk.currentNode.data.trim());
    }
    for (const name of ['aria-label', 'placeholder', 'title', 'alt', 'aria-description', 'aria-roledescription'])
        for (const part of document.querySelectorAll('[' + name + ']'))
            if (part.getClientRects().length && part.getAttribute(name).trim())
                said.push(part.getAttribute(name).trim());
    for (const part of document.querySelectorAll('input, textarea'))
        if (part.getClientRects().length && part.value.trim() && part.type !== 'radio' && part.type !== 'checkbox')
            said.push(part.value.trim());
    return said;
}"""


@dataclass
class Seen:
    """One page: its words and which are faint; what lies on each other and how much is too wide for each size; its language."""

    words: tuple[str, ...]
    faint: list[str]
    covered: dict[str, list[str]]
    too_wide: dict[str, int]
    declared: str


@dataclass
class Tour:
    """Every page of one world in one language."""

    pages: dict[str, Seen] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def listen(self, context: BrowserContext) -> None:
        """Note every request and every complaint of the browser."""
        context.on("request", self._asked)
        context.on("console", self._said)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def _asked(self, request: Request) -> None:
        self.requests.append(request.url)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.text} {message.location['url']}")


def visible_words(page: Page) -> tuple[str, ...]:
    """Every piece of text on the screen, and every name, placeholder and tooltip of what is on it."""
    return tuple(page.evaluate(WORDS))


def too_wide(page: Page) -> int:
    """By how many pixels a page can be scrolled sideways."""
    return int(page.evaluate(TOO_WIDE))


def walk(context: BrowserContext, program: Program, language: Language, pictures: Path, name: str) -> Tour:
    """Visit every page, in every size."""
    tour = Tour()
    tour.listen(context)
    page = context.new_page()
    person = Person(page, program.address, language)
    for word in PATHS:
        page.set_viewport_size(SIZES["laptop"])
        person.open(word)
        charts_drawn(page)
        wide, covered = {}, {}
        for size, viewport in SIZES.items():
            wide[size] = picture(page, viewport, pictures / f"{name}-{language}-{word}-{size}.png")
            covered[size] = page.evaluate(COVERED)
        declared = page.locator("html").get_attribute("lang") or ""
        unfold(page)
        tour.pages[word] = Seen(visible_words(page), page.evaluate(FAINT), covered, wide, declared)
    page.close()
    return tour


def unfold(page: Page) -> None:
    """Open everything that is folded, one after the other as a person does: what is in some is made only then."""
    folded = page.locator("details:not([open]) > summary")
    for _ in range(folded.count()):
        left = folded.count()
        if not left:
            break
        folded.first.evaluate("fold => fold.click()")
        expect(folded).to_have_count(left - 1)
        page.wait_for_function(NOTHING_EMPTY)
    page.wait_for_function(NOTHING_FOLDED)


def charts_drawn(page: Page) -> None:
    """Every chart of the page has its lines."""
    for chart in page.get_by_test_id("stPlotlyChart").all():
        chart.locator(".main-svg").first.wait_for()


def picture(page: Page, viewport: ViewportSize, path: Path) -> int:
    """A picture of the whole page in one size; gives how many pixels too wide it is."""
    page.set_viewport_size(viewport)
    page.evaluate(TWO_FRAMES)
    width = too_wide(page)
    tall = min(TALLEST, max(viewport["height"], page.evaluate(HEIGHT)))
    page.set_viewport_size({"width": viewport["width"], "height": tall})
    page.evaluate(TWO_FRAMES)
    charts_drawn(page)
    page.screenshot(path=path)
    return width

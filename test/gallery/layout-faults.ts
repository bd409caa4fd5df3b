/**
 * What is wrong with a screen at the size it has now, found by the boxes that the browser laid out: a text that is
 * printed over another, a number that is cut, a scroller too low to read in, an act that no finger reaches. Nothing
 * here knows a screen; it sees what a person sees.
 */
export interface LayoutFault {
  readonly kind: 'overprinted' | 'cut' | 'out-of-reach' | 'peephole' | 'covered' | 'spilled';
  readonly what: string;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A scroller lower than this shows not even two rows. */
const peepholePx = 88;
/** Hinting and half pixels. */
const slackPx = 1.5;
/** What an act may reach beyond what is seen of it: a ring, a margin for the finger. */
const edgePx = 5;
const largePx = 400;
/** Two texts that touch in less than this are not printed over one another. */
const overlapPx = 3;

export function layoutFaults(): readonly LayoutFault[] {
  const view = { left: 0, top: 0, right: window.innerWidth, bottom: window.innerHeight };
  const root = document.getElementById('root');
  if (root === null) return [{ kind: 'out-of-reach', what: 'there is no page' }];
  // Marks that take no pointer are still seen: while we look, everything answers to a point.
  const style = document.createElement('style');
  style.textContent = '*{pointer-events:auto!important} .visually-hidden{pointer-events:none!important}';
  document.head.append(style);
  scrolling = new WeakMap();
  hiding = new WeakMap();
  const faults = [...peepholes(root), ...textFaults(root, view), ...actFaults(root, view)];
  style.remove();
  return faults;
}

// ── texts ────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Printed {
  readonly node: Text;
  readonly element: Element;
  readonly box: Box;
}

function textFaults(root: Element, view: Box): readonly LayoutFault[] {
  const faults: LayoutFault[] = [];
  const printed: Printed[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!(node instanceof Text) || element === null || node.data.trim() === '' || !isShown(element)) continue;
    for (const run of node.data.matchAll(/[\d.,:/−+]*\d[\d.,:/]*/g)) {
      const cut = inkOf(node, run.index, run.index + run[0].length).find((box) => !isReachable(box, element, view));
      if (cut !== undefined) faults.push({ kind: 'cut', what: `"${run[0]}" of "${wordsOf(element)}"` });
    }
    for (const ink of inkOf(node, 0, node.data.length)) {
      const seen = clipped(ink, element, view);
      if (seen === null || isCoveredByGround(seen, element)) continue;
      printed.push({ node, element, box: seen });
      if (isSpilled(seen, element)) faults.push({ kind: 'spilled', what: `"${node.data.trim()}"` });
    }
  }
  return [...faults, ...overprints(printed)];
}

function overprints(printed: readonly Printed[]): readonly LayoutFault[] {
  const faults: LayoutFault[] = [];
  const sorted = [...printed].sort((a, b) => a.box.top - b.box.top);
  for (const [index, one] of sorted.entries()) {
    for (let next = index + 1; next < sorted.length; next += 1) {
      const other = sorted[next];
      if (other === undefined || other.box.top >= one.box.bottom - overlapPx) break;
      if (other.node === one.node) continue;
      const both = meet(one.box, other.box);
      const touch = both.right - both.left > overlapPx && both.bottom - both.top > overlapPx;
      // The edge of a sheet may lie across a line of the page behind: only one of them is seen there.
      if (touch && !isCoveredByGround(both, one.element) && !isCoveredByGround(both, other.element)) {
        faults.push({ kind: 'overprinted', what: `"${one.node.data.trim()}" and "${other.node.data.trim()}"` });
      }
    }
  }
  return faults;
}

/** Share of the em above and below the baseline, of the font the application ships with. */
const em = { ascent: 1.025, line: 1.3, capital: 0.7, descender: 0.2 };

/** Where ink is: from the height of a capital to the baseline, or below it where a letter goes there. */
function inkOf(node: Text, from: number, to: number): readonly Box[] {
  const range = document.createRange();
  range.setStart(node, from);
  range.setEnd(node, to);
  const goesBelow = /[gjpqy,;()/|_@Q]/.test(node.data.slice(from, to));
  return [...range.getClientRects()]
    .filter((rect) => rect.width > 0.5 && rect.height > 0.5)
    .map((rect) => {
      const px = rect.height / em.line;
      const baseline = rect.top + em.ascent * px;
      return {
        left: rect.left,
        right: rect.right,
        top: baseline - em.capital * px,
        bottom: baseline + (goesBelow ? em.descender * px : 0),
      };
    });
}

/** Something with a ground of its own lies over it, as an open sheet over the page behind. */
function isCoveredByGround(box: Box, element: Element): boolean {
  const over = document.elementsFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
  for (const one of over) {
    if (one === element || one.contains(element) || element.contains(one)) return false;
    if (hasGround(one)) return true;
  }
  return true;
}

/** It stands outside of the card or the bar that it is printed on. */
function isSpilled(box: Box, element: Element): boolean {
  let ground: Element | null = element;
  while (ground !== null && !hasGround(ground)) ground = ground.parentElement;
  if (ground === null || ground === document.body || ground === document.documentElement) return false;
  const { left, top, right, bottom } = ground.getBoundingClientRect();
  return box.left < left - slackPx || box.top < top - slackPx || box.right > right + slackPx || box.bottom > bottom + slackPx;
}

function hasGround(element: Element): boolean {
  const colour = getComputedStyle(element).backgroundColor;
  return colour !== 'transparent' && !colour.endsWith(', 0)');
}

// ── acts ─────────────────────────────────────────────────────────────────────────────────────────────────────────

const acts = 'button, a[href], input, textarea, select, [role="radio"], [role="slider"], [role="tab"], [tabindex="0"]';

function actFaults(root: Element, view: Box): readonly LayoutFault[] {
  const faults: LayoutFault[] = [];
  for (const found of root.querySelectorAll<HTMLElement>(acts)) {
    // A drawn radio or checkbox is its label; the real one is there for those who hear the page.
    const act = found instanceof HTMLInputElement ? (found.closest('label') ?? found) : found;
    if (!isShown(act) || act.closest('[aria-hidden="true"], [inert]') !== null) continue;
    const rect = act.getBoundingClientRect();
    if (rect.width < 1 || rect.height < 1) continue;
    const name = wordsOf(found);
    const touch = { left: rect.left + edgePx, top: rect.top + edgePx, right: rect.right - edgePx, bottom: rect.bottom - edgePx };
    if (!isReachable(touch, act.parentElement, view)) {
      if (!isBehindSheet(act)) faults.push({ kind: 'out-of-reach', what: name });
      continue;
    }
    const covering = coveringOf(act);
    if (covering !== null) faults.push({ kind: 'covered', what: `${name} by ${wordsOf(covering)}` });
  }
  return faults;
}

/** Scrolls as a finger can, puts it in the middle, and sees what a finger would meet there. */
function coveringOf(act: Element): Element | null {
  const before = scrollIntoMiddle(act);
  const { left, top, width, height } = act.getBoundingClientRect();
  // What is larger than a button is reached wherever a part of it is seen.
  const points =
    width > largePx || height > largePx
      ? ([[0.5, 0.5]] as const)
      : ([
          [0.5, 0.5],
          [0.12, 0.2],
          [0.88, 0.8],
        ] as const);
  let covering: Element | null = null;
  for (const [x, y] of points) {
    const met = document.elementFromPoint(left + width * x, top + height * y);
    if (met === null || met === act || act.contains(met) || met.contains(act)) continue;
    if (met.closest('[role="dialog"]') !== null && act.closest('[role="dialog"]') === null) continue;
    covering ??= met;
  }
  for (const [element, place] of before) element.scrollTo({ ...place, behavior: 'instant' });
  return covering;
}

function scrollIntoMiddle(act: Element): readonly (readonly [Element, ScrollToOptions])[] {
  const before: [Element, ScrollToOptions][] = [];
  for (let place = act.parentElement; place !== null; place = place.parentElement) {
    const { x, y } = scrolls(place);
    if (!x && !y) continue;
    before.push([place, { left: place.scrollLeft, top: place.scrollTop }]);
    const outer = place.getBoundingClientRect();
    const inner = act.getBoundingClientRect();
    if (y) place.scrollTop += (inner.top + inner.bottom) / 2 - (outer.top + outer.bottom) / 2;
    if (x) place.scrollLeft += (inner.left + inner.right) / 2 - (outer.left + outer.right) / 2;
  }
  return before;
}

function isBehindSheet(act: Element): boolean {
  return act.closest('[role="dialog"]') === null && document.querySelector('[role="dialog"]') !== null && act.closest('main') !== null;
}

// ── boxes ────────────────────────────────────────────────────────────────────────────────────────────────────────

function isShown(element: Element): boolean {
  return (
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    element.closest('.visually-hidden, [data-react-aria-prevent-focus], option, datalist') === null &&
    !isSpokenOnly(element)
  );
}

/** Hidden from the eye only, as a component library does it: a box of one pixel. */
function isSpokenOnly(element: Element): boolean {
  for (let place: Element | null = element; place !== null; place = place.parentElement) {
    const { clipPath, position, width } = getComputedStyle(place);
    if (clipPath === 'inset(50%)' || (position === 'absolute' && width === '1px')) return true;
    if (position !== 'static' && position !== 'relative') break;
  }
  return false;
}

interface Axes {
  readonly x: boolean;
  readonly y: boolean;
}

/** Asked for a hundred times each while a screen is measured, and the same all the while. */
let scrolling = new WeakMap<Element, Axes>();
let hiding = new WeakMap<Element, Axes>();

function remembered(known: WeakMap<Element, Axes>, element: Element, look: (element: Element) => Axes): Axes {
  const before = known.get(element);
  if (before !== undefined) return before;
  const seen = look(element);
  known.set(element, seen);
  return seen;
}

function scrolls(element: Element): Axes {
  return remembered(scrolling, element, lookScrolls);
}

function hides(element: Element): Axes {
  return remembered(hiding, element, lookHides);
}

function lookScrolls(element: Element): Axes {
  const { overflowX, overflowY } = getComputedStyle(element);
  const may = (overflow: string): boolean => overflow === 'auto' || overflow === 'scroll';
  return {
    x: may(overflowX) && element.scrollWidth > element.clientWidth + 1,
    y: may(overflowY) && element.scrollHeight > element.clientHeight + 1,
  };
}

function lookHides(element: Element): Axes {
  const { overflowX, overflowY, display } = getComputedStyle(element);
  if (display === 'inline' || display === 'contents') return { x: false, y: false };
  return { x: overflowX !== 'visible', y: overflowY !== 'visible' };
}

function innerBox(element: Element): Box {
  const rect = element.getBoundingClientRect();
  const left = rect.left + element.clientLeft;
  const top = rect.top + element.clientTop;
  // An inline SVG has no client box of its own.
  if (element.clientWidth === 0 && element.clientHeight === 0) return rect;
  return { left, top, right: left + element.clientWidth, bottom: top + element.clientHeight };
}

/** Whether all of a box can be brought before the eye by scrolling what a finger can scroll. */
function isReachable(box: Box, element: Element | null, view: Box): boolean {
  let { left, top, right, bottom } = box;
  for (let place: Element | null = element; place !== null; place = place.parentElement) {
    if (place === document.documentElement) break;
    const hidden = hides(place);
    if (!hidden.x && !hidden.y) continue;
    const inner = innerBox(place);
    const moving = scrolls(place);
    if (moving.x) [left, right] = [inner.left, Math.min(inner.right, inner.left + (right - left))];
    else if (hidden.x && (left < inner.left - slackPx || right > inner.right + slackPx)) return false;
    if (moving.y) [top, bottom] = [inner.top, Math.min(inner.bottom, inner.top + (bottom - top))];
    else if (hidden.y && (top < inner.top - slackPx || bottom > inner.bottom + slackPx)) return false;
  }
  return left >= view.left - slackPx && right <= view.right + slackPx && top >= view.top - slackPx && bottom <= view.bottom + slackPx;
}

/** What of a box is before the eye now; null for nothing. */
function clipped(box: Box, element: Element, view: Box): Box | null {
  let seen = meet(box, view);
  for (let place: Element | null = element; place !== null && place !== document.documentElement; place = place.parentElement) {
    const hidden = hides(place);
    if (!hidden.x && !hidden.y) continue;
    const inner = innerBox(place);
    seen = meet(seen, {
      left: hidden.x ? inner.left : -Infinity,
      right: hidden.x ? inner.right : Infinity,
      top: hidden.y ? inner.top : -Infinity,
      bottom: hidden.y ? inner.bottom : Infinity,
    });
  }
  return seen.right - seen.left > 1 && seen.bottom - seen.top > 1 ? seen : null;
}

function meet(a: Box, b: Box): Box {
  return {
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  };
}

/** Scrollers that show less than two rows of what is in them. */
function peepholes(root: Element): readonly LayoutFault[] {
  return [...root.querySelectorAll('*')]
    .filter((element) => isShown(element) && !(element instanceof HTMLTextAreaElement) && scrolls(element).y)
    .filter((element) => element.clientHeight < Math.min(peepholePx, element.scrollHeight))
    .map((element) => ({ kind: 'peephole', what: `${element.clientHeight} px of ${element.scrollHeight}: ${wordsOf(element)}` }));
}

/** How a person would point at it. */
function wordsOf(element: Element): string {
  const label = element.getAttribute('aria-label') ?? (element instanceof HTMLInputElement ? (element.labels?.[0]?.innerText ?? '') : '');
  const words = label === '' ? (element.textContent ?? '') : label;
  const name = words.replaceAll(/\s+/g, ' ').trim().slice(0, 60);
  return `${element.tagName.toLowerCase()} ${name === '' ? `.${element.getAttribute('class') ?? ''}` : name}`;
}

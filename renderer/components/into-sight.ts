/** Between what is brought into sight and the bar at the foot of its form. */
const airPx = 12;

/**
 * Scrolls the element into sight, all of it above the bar that stays at the foot of its form; what has the focus
 * afterwards comes to lie above that bar, too. What is too large for the place shows its beginning.
 */
export function bringIntoSight(element: Element | null): void {
  if (element === null) return;
  for (let place = element.parentElement; place !== null; place = place.parentElement) {
    if (!scrolls(place)) continue;
    const foot = [...place.querySelectorAll('footer')].find((bar) => getComputedStyle(bar).position === 'sticky');
    if (foot !== undefined) place.style.scrollPaddingBottom = `${foot.offsetHeight + airPx}px`;
  }
  element.scrollIntoView({ block: 'nearest' });
}

function scrolls(element: Element): element is HTMLElement {
  const { overflowY } = getComputedStyle(element);
  return element instanceof HTMLElement && (overflowY === 'auto' || overflowY === 'scroll');
}

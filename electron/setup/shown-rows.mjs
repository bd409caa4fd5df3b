/**
 * A row of docs/security.md: what must hold, or what goes wrong, and the rules whose tests show it.
 *
 * @typedef {object} ShownRow
 * @property {string} id
 * @property {string} what
 * @property {readonly string[]} rules
 * @property {string} control rule and words of a test that has to fail over something that does not hold; may be empty
 * @property {string} notShown may be empty
 */

const rule = /[A-Z][A-Z0-9]*-\d+/g;

/**
 * @param {string} text of docs/security.md
 * @returns {readonly ShownRow[]} those of both tables, by their column heads
 */
export function shownRows(text) {
  /** @type {ShownRow[]} */
  const rows = [];
  /** @type {readonly string[]} */
  let heads = [];
  for (const line of text.split('\n')) {
    const cells = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    if (cells[0] === 'id') heads = cells;
    if (!/^[ST]\d+$/.test(cells[0] ?? '')) continue;
    const cell = (/** @type {string} */ head) => cells[heads.indexOf(head)] ?? '';
    rows.push({
      id: cell('id'),
      what: cells[1] ?? '',
      rules: cell('shown by').match(rule) ?? [],
      control: cell('control'),
      notShown: cell('not shown'),
    });
  }
  return rows;
}

/**
 * What a run of tests has shown of each fault, one line each.
 *
 * @param {readonly ShownRow[]} rows
 * @param {import('./test-tally.mjs').TestTally} tally
 * @returns {readonly string[]}
 */
export function faultLines(rows, tally) {
  const skipped = new Set(tally.skipped.map(({ title }) => title.replace(/^.* › /, '')));
  const run = (tally.measured ?? []).map(({ title }) => title).filter((title) => !skipped.has(title));
  const countOf = (/** @type {readonly string[]} */ titles, /** @type {readonly string[]} */ ids) =>
    titles.filter((title) => (title.match(rule) ?? []).some((id) => ids.includes(id))).length;
  return rows
    .filter(({ id }) => id.startsWith('T'))
    .map(({ id, what, rules, control, notShown }) => {
      const [done, failed] = [countOf(run, rules), countOf(tally.failed, rules)];
      const outcome =
        rules.length === 0 ? notShown : done === 0 ? 'not in this run' : failed > 0 ? `${failed} of ${done} FAILED` : `${done} held`;
      const beside = rules.length === 0 ? '' : control === '' ? '; no control' : `; control: ${control}`;
      return `${id.padEnd(4)} ${what}: ${outcome}${beside}`;
    });
}

import type { RecordDocument } from '../../../../shared/contract/record-document.ts';
import type { Flow } from './flow.ts';

type Entry = RecordDocument['history'][number];

/**
 * The log itself, in the sequence of recording: what was undone and corrected with what became of it, and every reason.
 * Whatever the sections before it leave out, a reader finds here.
 */
export function printedLog(flow: Flow, { history }: RecordDocument): void {
  flow.heading('Every entry as it was made, undone and corrected ones too');
  flow.table(
    [
      { head: 'recorded', share: 10 },
      { head: 'for', share: 10 },
      { head: 'entry', share: 44 },
      { head: 'became', share: 18 },
      { head: 'by', share: 18 },
    ],
    rowsOf(history).map(({ entry, words }) => [
      flow.written.minute(entry.recorded),
      entry.occurred === entry.recorded ? '' : flow.written.minute(entry.occurred),
      words,
      becameWords(entry),
      entry.by ?? 'Vigil',
    ]),
    'Nothing was recorded.',
  );
}

function becameWords({ holds, reason, addedIn }: Entry): string {
  const added = addedIn === null ? [] : [`added in version ${addedIn}`];
  if (holds === 'holds' || holds === 'is-correction') return added.join('');
  return [...added, [holds, ...(reason === null ? [] : [reason])].join(': ')].join(' · ');
}

interface Row {
  readonly entry: Entry;
  readonly words: string;
}

/** Answers to the items of one rating, given one after another by one person, are one row. */
function rowsOf(history: readonly Entry[]): readonly Row[] {
  const rows: Row[] = [];
  for (const entry of history) {
    const last = rows.at(-1);
    const isAnswer = entry.kind === 'item-answered';
    const goesOn = isAnswer && last !== undefined && last.entry.kind === 'item-answered' && isAlike(last.entry, entry);
    const said = isAnswer ? `${entry.label}: ${entry.detail ?? ''}` : wordsOf(entry);
    if (goesOn) rows[rows.length - 1] = { entry: last.entry, words: `${last.words} · ${said}` };
    else rows.push({ entry, words: said });
  }
  return rows;
}

function isAlike(last: Entry, entry: Entry): boolean {
  return last.by === entry.by && last.holds === entry.holds && ratingOf(last) === ratingOf(entry);
}

function ratingOf({ body }: Entry): unknown {
  return typeof body === 'object' && body !== null && 'ratingId' in body ? body.ratingId : null;
}

function wordsOf({ label, detail, about }: Entry): string {
  return `${label}${about === null ? '' : ` of “${about}”`}${detail === null ? '' : `: ${detail}`}`;
}

import { orderedUg } from '../ordered-dose.ts';
import type { ReactElement } from 'react';
import { referenceWord, timelineText } from '../../text/timeline.ts';
import type { Frame } from './frame.ts';
import type { PlacedReference } from './grid-layer.tsx';
import { showMilli } from '../../../shared/values/quantity.ts';
import { placeGutter } from './gutter-placement.ts';
import { ratingRows } from '../../../shared/clinical/instrument.ts';
import wordStyles from './words.module.css';
import { doseDomains, yIn } from './value-domains.ts';

/** The right gutter while nobody reads an instant: what the dotted lines and the rows mean. */
export function GutterWords({
  frame,
  references,
}: {
  readonly frame: Frame;
  readonly references: readonly PlacedReference[];
}): ReactElement {
  const { layout, session } = frame;
  const x = layout.plot.right + 8;
  const orderUg = orderedUg(session.dose);
  const ordered =
    orderUg === null
      ? []
      : [
          {
            key: 'ordered',
            words: timelineText.mg(showMilli(orderUg)),
            y: yIn(layout.lanes.dose, [0, doseDomains(session).ug], orderUg),
            first: true,
          },
        ];
  const scales = layout.narrow ? timelineText.scalesShort : timelineText.scales;
  return (
    <g>
      {placeGutter([...references.map((line) => ({ key: line.key, words: referenceWord(line), y: line.y, first: false })), ...ordered]).map(
        ({ key, words, y }) => (
          <text key={key} className={wordStyles.faint} x={x} y={y + 5}>
            {words}
          </text>
        ),
      )}
      {ratingRows.map((row, index) => (
        <text key={row} className={wordStyles.faint} x={x} y={layout.lanes.ratings.top + (index + 0.5) * layout.ratingRowPx + 5}>
          {scales[row]}
        </text>
      ))}
    </g>
  );
}

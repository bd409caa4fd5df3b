import { useState } from 'react';
import {
  adverseEventCategories,
  adverseEventCategoryKeys,
  adverseEventSeverities,
  commonAdverseEvents,
  type AdverseEventCategory,
  type AdverseEventSeverity,
} from '../../../shared/clinical/adverse-event.ts';
import { Button } from '../../components/button.tsx';
import { ChoiceTiles } from '../../components/fields/choice-tiles.tsx';
import { clinicalTimeOf, nowDraft, type ClinicalTimeDraft } from '../../components/fields/clinical-time.ts';
import { ClinicalTimeField } from '../../components/fields/clinical-time-field.tsx';
import { RemoteContacts } from '../../components/page/remote-contacts.tsx';
import { RefusalNote } from '../../components/act/refusal-note.tsx';
import { SheetView } from '../../components/sheet/sheet-view.tsx';
import { useClockTime } from '../../components/use-clock-time.ts';
import { useBoard } from '../../live/room-context.tsx';
import { useCommand } from '../../live/use-command.ts';
import { adverseEventText } from '../../text/adverse-events.ts';
import { useRoomInstant } from '../../components/act/use-room-instant.ts';
import styles from './adverse-event-sheet.module.css';

const words = adverseEventText.quick;

interface AdverseEventSheetProps {
  readonly onClose: () => void;
  /** To the sheet where more is said of a recorded event. */
  readonly onMore: (adverseEventId: string) => void;
}

/** An event in two taps: what it is, and how severe. The severity is the button that records. */
export function AdverseEventSheet({ onClose, onMore }: AdverseEventSheetProps) {
  const [category, setCategory] = useState<AdverseEventCategory | null>(null);
  return (
    <SheetView title={words.title} words={words.words} close={words.close} onClose={onClose}>
      <Contacts />
      {category === null ? (
        <>
          <Categories onChoose={setCategory} />
          <OpenEvents onMore={onMore} />
        </>
      ) : (
        <Severity category={category} onBack={() => setCategory(null)} onRecorded={onClose} />
      )}
    </SheetView>
  );
}

/** Before anything is typed: where help has to go, where that is not this room. */
function Contacts() {
  const session = useBoard((board) => board.session);
  return session === null ? null : <RemoteContacts session={session} />;
}

export function Categories({
  value = null,
  onChoose,
}: {
  readonly value?: AdverseEventCategory | null;
  readonly onChoose: (category: AdverseEventCategory) => void;
}) {
  const [all, setAll] = useState(value !== null && !commonAdverseEvents.includes(value));
  const rest = adverseEventCategoryKeys.filter((key) => !commonAdverseEvents.includes(key));
  const optionsOf = (keys: readonly AdverseEventCategory[]) => keys.map((key) => ({ value: key, label: adverseEventCategories[key] }));
  return (
    <section className={styles.categories} aria-label={words.category}>
      <ChoiceTiles label={words.category} value={value} onChange={onChoose} options={optionsOf(commonAdverseEvents)} />
      {all ? <ChoiceTiles label={words.all} value={value} onChange={onChoose} options={optionsOf(rest)} /> : null}
      <Button onPress={() => setAll(!all)} expanded={all}>
        {all ? words.fewer : words.all}
      </Button>
    </section>
  );
}

interface SeverityProps {
  readonly category: AdverseEventCategory;
  readonly onBack: () => void;
  readonly onRecorded: () => void;
}

function Severity({ category, onBack, onRecorded }: SeverityProps) {
  const now = useRoomInstant();
  const [draft, setDraft] = useState<ClinicalTimeDraft>(nowDraft);
  const { run, state } = useCommand();
  const time = clinicalTimeOf(draft, now);
  const record = (severity: AdverseEventSeverity): void => {
    if (!time.ok) return;
    run({ type: 'record-adverse-event', category, severity, ...(time.at === undefined ? {} : { at: time.at }) }, { onRecorded });
  };
  return (
    <section className={styles.severity}>
      <h3 className={styles.chosen}>{words.chosen(adverseEventCategories[category])}</h3>
      <div className={styles.severities} role="group" aria-label={words.severity}>
        {adverseEventSeverities.map((severity, index) => (
          <button
            key={severity}
            type="button"
            className={styles.level}
            autoFocus={index === 0}
            aria-disabled={!time.ok || state.kind === 'saving'}
            onClick={() => record(severity)}
          >
            <strong>{adverseEventText.severities[severity]}</strong>
            {state.kind === 'saving' ? <span>{words.saving}</span> : null}
            {time.ok ? null : <span>{words.waits(time.problem)}</span>}
          </button>
        ))}
      </div>
      {state.kind === 'refused' ? <RefusalNote words={state.message} /> : null}
      <ClinicalTimeField draft={draft} onChange={setDraft} now={now} />
      <Button onPress={onBack} size="large">
        {words.other}
      </Button>
    </section>
  );
}

function OpenEvents({ onMore }: Pick<AdverseEventSheetProps, 'onMore'>) {
  const events = useBoard((board) => board.session?.adverseEvents);
  const clock = useClockTime();
  const open = (events ?? []).filter((event) => event.open);
  if (open.length === 0) return null;
  return (
    <section className={styles.open} aria-label={adverseEventText.open.heading}>
      <h3 className={styles.heading}>{words.open}</h3>
      <div className={styles.rows}>
        {open.map((event) => (
          <Button key={event.adverseEventId} onPress={() => onMore(event.adverseEventId)} size="large">
            {`${event.label} · ${event.severity} · ${adverseEventText.open.since(clock.minute(event.atMs))}`}
          </Button>
        ))}
      </div>
    </section>
  );
}

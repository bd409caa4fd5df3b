import { useState } from 'react';
import type { AdverseEventView, DrugGivenView } from '../../../shared/contract/session-view/adverse-events.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import { givenRoutes } from '../../../shared/clinical/adverse-event.ts';
import { Button } from '../../components/button.tsx';
import { SheetForm } from '../../components/sheet/sheet-form.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { useClockTime } from '../../components/use-clock-time.ts';
import { useEntryInstant } from '../../components/act/use-entry-instant.ts';
import { useCommandSessionEnd } from '../../live/command-session.tsx';
import { useCommand } from '../../live/use-command.ts';
import { adverseEventText } from '../../text/adverse-events.ts';
import { changesOf, draftOf, type AdverseEventDraft } from './adverse-event-draft.ts';
import { AdverseEventDetails } from './adverse-event-details.tsx';
import styles from './more-sheet.module.css';

const words = adverseEventText.more;

interface MoreSheetProps {
  /** Of which it is an event: the one that runs, or that of a record. */
  readonly session: Pick<SessionView, 'adverseEvents' | 'drugsGiven'> | null;
  readonly adverseEventId: string;
  readonly onClose: () => void;
  /** Left out where nothing is given any more. */
  readonly onDrug?: ((adverseEventId: string) => void) | undefined;
  readonly onCorrect: (eventId: string) => void;
}

/** What is said of a recorded event later. Each time only what changed is sent, and each time is a version. */
export function MoreSheet(props: MoreSheetProps) {
  const { session } = props;
  const clock = useClockTime();
  const event = session?.adverseEvents.find((one) => one.adverseEventId === props.adverseEventId);
  const label = event === undefined ? adverseEventText.quick.title : words.title(event.label, clock.minute(event.atMs));
  return (
    <Sheet label={label} onClose={props.onClose}>
      {event === undefined ? (
        <div className={styles.gone}>
          <p role="status">{words.gone}</p>
          <Button onPress={props.onClose}>{words.close}</Button>
        </div>
      ) : (
        // If somebody else adds a version, the sheet is begun anew only where nothing is being typed. The key is therefore the event.
        <MoreForm key={event.adverseEventId} {...props} title={label} event={event} given={session?.drugsGiven ?? []} />
      )}
    </Sheet>
  );
}

interface MoreFormProps extends MoreSheetProps {
  readonly title: string;
  readonly event: AdverseEventView;
  readonly given: readonly DrugGivenView[];
}

function MoreForm({ title, event, given, onClose, onDrug, onCorrect }: MoreFormProps) {
  const now = useEntryInstant();
  const isPast = useCommandSessionEnd() !== null;
  const [first] = useState(() => draftOf(event));
  const [draft, setDraft] = useState<AdverseEventDraft>(first);
  const { run, state, dismiss } = useCommand();
  const saving = state.kind === 'saving';
  const { adverseEventId } = event;
  const changes = changesOf(first, draft, now);
  const record = (): void => {
    if (changes.ok) run({ type: 'update-adverse-event', adverseEventId, changes: changes.changes }, { onRecorded: onClose });
  };
  const overNow = (): void =>
    run({ type: 'update-adverse-event', adverseEventId, changes: { outcome: 'recovered', endedMs: now.utcMs } }, { onRecorded: onClose });
  return (
    <SheetForm
      title={title}
      words={words.words}
      cancel={words.close}
      onCancel={onClose}
      confirm={saving ? words.saving : words.record}
      waitsFor={changes.ok ? null : changes.waitsFor}
      busy={saving}
      onConfirm={record}
      refusal={state.kind === 'refused' ? state.message : null}
    >
      {event.open && !isPast ? (
        <Button onPress={overNow} size="large" kind="primary" isDisabled={saving}>
          {words.overNow}
        </Button>
      ) : null}
      <AdverseEventDetails
        draft={draft}
        onChange={(change) => {
          // The refusal goes as soon as something is changed, because it was about what was sent.
          if (state.kind === 'refused') dismiss();
          setDraft({ ...draft, ...change });
        }}
      />
      <Given event={event} given={given} onDrug={onDrug} />
      <Versions event={event} />
      <Button onPress={() => onCorrect(event.eventId)}>{words.correct}</Button>
    </SheetForm>
  );
}

function Given({ event, given, onDrug }: Pick<MoreFormProps, 'event' | 'given' | 'onDrug'>) {
  const clock = useClockTime();
  const drugs = given.filter((drug) => event.drugs.includes(drug.eventId));
  return (
    <section className={styles.group} aria-label={words.drugs}>
      <h3 className={styles.heading}>{words.drugs}</h3>
      <ul className={styles.list}>
        {drugs.length === 0 ? <li>{words.noDrugs}</li> : null}
        {drugs.map((drug) => (
          <li key={drug.eventId}>
            <time>{clock.minute(drug.atMs)}</time> {`${drug.drug} ${drug.dose} ${givenRoutes[drug.route]}`}
          </li>
        ))}
      </ul>
      {onDrug === undefined ? null : <Button onPress={() => onDrug(event.adverseEventId)}>{words.giveDrug}</Button>}
    </section>
  );
}

function Versions({ event }: { readonly event: AdverseEventView }) {
  const clock = useClockTime();
  return (
    <section className={styles.group} aria-label={words.versions}>
      <h3 className={styles.heading}>{words.versions}</h3>
      <ol className={styles.list}>
        {event.versions.map((version) => (
          <li key={version.eventId}>
            <time>{clock.minute(version.enteredMs)}</time>{' '}
            {[version.said.length === 0 ? words.recorded : version.said.join(', '), version.by].filter((part) => part !== null).join(' · ')}
          </li>
        ))}
      </ol>
    </section>
  );
}

import { instrumentIds, type InstrumentId } from '../../../shared/clinical/instrument-id.ts';
import { instruments } from '../../../shared/clinical/instruments/instrument-directory.ts';
import { useKeys } from '../../components/keys/key-layer.tsx';
import { SheetView } from '../../components/sheet/sheet-view.tsx';
import { useBoard } from '../../live/room-context.tsx';
import { ratingText } from '../../text/rating.ts';
import styles from './choose-rating.module.css';

interface ChooseRatingProps {
  readonly onChoose: (instrument: InstrumentId) => void;
  readonly onClose: () => void;
}

const groups = ['acute', 'recovery', 'questionnaire'] as const;
/** In the order of the list; the first nine have a key. */
const listed: readonly InstrumentId[] = groups.flatMap((group) => instrumentIds.filter((id) => instruments[id].group === group));
const keysMax = 9;

/** Every rating there is, whether the protocol asks for it now or not. */
export function ChooseRating({ onChoose, onClose }: ChooseRatingProps) {
  const words = ratingText.choose;
  return (
    <SheetView title={words.title} words={words.words} close={words.close} onClose={onClose} className={styles.sheet}>
      <RatingList onChoose={onChoose} />
    </SheetView>
  );
}

function RatingList({ onChoose }: Pick<ChooseRatingProps, 'onChoose'>) {
  const words = ratingText.choose;
  const ratings = useBoard((board) => board.session?.ratings);
  const due = useBoard((board) => board.session?.due);
  useDigitKeys(onChoose);
  const state = (id: InstrumentId): string | null => {
    const open = ratings?.findLast((rating) => rating.instrument === id && rating.state === 'open');
    if (open !== undefined) return words.open(open.answered, open.of);
    return due?.some((item) => item.instrument === id && (item.state === 'due' || item.state === 'past-due')) === true ? words.due : null;
  };
  return (
    <>
      {groups.map((group) => (
        <section key={group} aria-labelledby={`ratings-${group}`}>
          <h3 id={`ratings-${group}`} className={styles.group}>
            {words.group[group]}
          </h3>
          <ul className={styles.list}>
            {listed
              .filter((id) => instruments[id].group === group)
              .map((id) => (
                <li key={id}>
                  <Choice id={id} state={state(id)} onChoose={onChoose} />
                </li>
              ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function Choice({
  id,
  state,
  onChoose,
}: { readonly id: InstrumentId; readonly state: string | null } & Pick<ChooseRatingProps, 'onChoose'>) {
  const key = listed.indexOf(id) + 1;
  return (
    <button type="button" className={styles.choice} onClick={() => onChoose(id)}>
      {key > keysMax ? null : <kbd className={styles.key}>{key}</kbd>}
      <span className={styles.name}>
        <strong>{instruments[id].name}</strong>
        <span>{state ?? instruments[id].rates}</span>
      </span>
    </button>
  );
}

/** Figures choose while the list is open. */
function useDigitKeys(onChoose: (instrument: InstrumentId) => void): void {
  useKeys((event) => {
    if (!/^\d$/.test(event.key)) return;
    event.preventDefault();
    const id = listed[Number(event.key) - 1];
    if (id !== undefined && !event.repeat) onChoose(id);
  });
}

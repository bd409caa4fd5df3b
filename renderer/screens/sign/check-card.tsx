import { useState } from 'react';
import type { MilestoneKey } from '../../../shared/clinical/milestone.ts';
import type { CompletenessItemView, SigningView } from '../../../shared/contract/signing.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { Icon } from '../../components/icon.tsx';
import { useClockTime } from '../../components/use-clock-time.ts';
import { signText } from '../../text/sign.ts';
import { AnswerForm } from './answer-form.tsx';
import { isOpen } from './open-items.ts';
import styles from './check-card.module.css';

const words = signText.check;

interface CheckCardProps {
  readonly view: SigningView;
  readonly onLate: (milestone: MilestoneKey, label: string) => void;
}

/** Everything a signature would pass over in silence. Asked here, once, and never while the session runs. */
export function CheckCard({ view, onLate }: CheckCardProps) {
  const open = view.items.filter(isOpen);
  const closed = view.items.filter((item) => item.closed !== null && item.asks !== 'nothing');
  const seen = view.items.filter((item) => item.asks === 'nothing');
  const canChange = view.status !== 'signed';
  return (
    <Card heading={words.heading} aside={words.openCount(open.length)} className={styles.card}>
      <div className={styles.scroll} tabIndex={0} role="group" aria-label={words.heading}>
        {open.length === 0 ? (
          <p className={styles.none}>
            <Icon name="check" size={22} /> {words.none}
          </p>
        ) : null}
        <SlotsAtOnce keys={open.filter((item) => item.kind === 'slot').map(({ key }) => key)} />
        <Group heading={words.groupOpen} items={open} canChange={canChange} onLate={onLate} />
        <Group heading={words.groupClosed} items={closed} canChange={canChange} onLate={onLate} />
        <Group heading={words.groupSeen} items={seen} canChange={canChange} onLate={onLate} />
      </div>
    </Card>
  );
}

/** As many as one answer takes. */
const answeredAtOnceMax = 60;

/**
 * Missed checks of one stretch of time take one answer, because they were missed for one reason. Points that the
 * protocol requires take one each.
 */
function SlotsAtOnce({ keys }: { readonly keys: readonly string[] }) {
  const title = words.allSlots;
  const [answering, setAnswering] = useState(false);
  const taken = keys.slice(0, answeredAtOnceMax);
  if (taken.length < 2) return null;
  if (answering) {
    return <AnswerForm label={words.reason} keys={taken} onClose={() => setAnswering(false)} title={title(taken.length)} />;
  }
  return (
    <Button kind="tool" wide onPress={() => setAnswering(true)}>
      {title(taken.length)}
    </Button>
  );
}

interface GroupProps {
  readonly heading: string;
  readonly items: readonly CompletenessItemView[];
  readonly canChange: boolean;
  readonly onLate: CheckCardProps['onLate'];
}

function Group({ heading, items, canChange, onLate }: GroupProps) {
  if (items.length === 0) return null;
  return (
    <section className={styles.group}>
      <h3 className={styles.heading}>{heading}</h3>
      <ul className={styles.items}>
        {items.map((item) => (
          <Item key={item.key} item={item} canChange={canChange} onLate={onLate} />
        ))}
      </ul>
    </section>
  );
}

function Item({ item, canChange, onLate }: { readonly item: CompletenessItemView } & Pick<GroupProps, 'canChange' | 'onLate'>) {
  const [answering, setAnswering] = useState(false);
  const { minute } = useClockTime();
  const milestone = item.key.startsWith('milestone:') ? (item.key.slice('milestone:'.length) as MilestoneKey) : null;
  const waits = isOpen(item);
  const asksDone = item.asks === 'what-was-done';
  return (
    <li className={styles.item} data-open={waits}>
      <div className={styles.text}>
        <p className={styles.label}>
          <strong>{item.label}</strong> <span className={styles.kind}>{words.kind[item.kind]}</span>
        </p>
        <p className={styles.detail}>{item.detail}</p>
        {item.closed === null ? null : (
          <p className={styles.answer}>
            “{item.closed.reason}” · {words.answered(item.closed.by, minute(item.closed.atMs))}
          </p>
        )}
      </div>
      {answering || !canChange || item.asks === 'nothing' ? null : (
        <div className={styles.buttons}>
          {waits && milestone !== null ? (
            <Button kind="tool" label={words.lateName(item.label)} onPress={() => onLate(milestone, item.label)}>
              {words.late}
            </Button>
          ) : null}
          <Button
            kind={waits ? 'plain' : 'tool'}
            label={waits ? (asksDone ? words.sayName(item.label) : words.giveName(item.label)) : words.changeName(item.label)}
            onPress={() => setAnswering(true)}
          >
            {waits ? (asksDone ? words.say : words.give) : words.change}
          </Button>
        </div>
      )}
      {answering ? (
        <AnswerForm
          label={asksDone ? words.whatWasDone : words.reason}
          keys={[item.key]}
          first={item.closed?.reason ?? ''}
          onClose={() => setAnswering(false)}
        />
      ) : null}
    </li>
  );
}

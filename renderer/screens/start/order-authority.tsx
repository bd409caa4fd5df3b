import { useState } from 'react';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import { ChoiceTiles } from '../../components/fields/choice-tiles.tsx';
import { useSecondPerson, type SecondPersonDraft } from '../../components/fields/use-second-person.ts';
import { SecondPersonField } from '../../components/fields/second-person-field.tsx';
import { useActor } from '../../live/use-seat.ts';
import { startText } from '../../text/start.ts';
import styles from './dose-card.module.css';

type Whose = 'standing-order' | 'prescriber';

/** Whose order it is, as far as it has been said. */
interface OrderAuthority {
  /** A prescriber who is signed in here is asked nothing: the order is theirs. */
  readonly isOwn: boolean;
  readonly whose: Whose | null;
  readonly choose: (whose: Whose) => void;
  /** The prescriber who signs for it here. */
  readonly prescriber: SecondPersonDraft;
  /** To be sent with the order. */
  readonly statement: { readonly standingOrder?: true };
  readonly second: SecondPersonDraft | null;
  readonly waits: string | null;
}

/** Nothing is chosen beforehand, because somebody has to say whose order it is. */
export function useOrderAuthority(): OrderAuthority {
  const actor = useActor({ type: 'order-dose' });
  const [whose, choose] = useState<Whose | null>(null);
  const prescriber = useSecondPerson(['prescriber'], actor);
  const isOwn = actor?.role === 'prescriber';
  const waits = whose === null ? startText.orderedBy.waits : whose === 'prescriber' ? prescriber.waits : null;
  return {
    isOwn,
    whose,
    choose,
    prescriber,
    statement: !isOwn && whose === 'standing-order' ? { standingOrder: true } : {},
    second: !isOwn && whose === 'prescriber' ? prescriber : null,
    waits: isOwn ? null : waits,
  };
}

interface OrderAuthorityFieldProps {
  readonly authority: OrderAuthority;
  readonly protocol: SessionView['protocol'];
  readonly onEnter: () => void;
  readonly busy: boolean;
}

export function OrderAuthorityField({ authority, protocol, onEnter, busy }: OrderAuthorityFieldProps) {
  const words = startText.orderedBy;
  if (authority.isOwn) return null;
  return (
    <section className={styles.authority} aria-label={words.label}>
      <p className={styles.under}>{words.label}</p>
      <ChoiceTiles
        label={words.label}
        value={authority.whose}
        onChange={authority.choose}
        options={[
          { value: 'standing-order', label: words.standing(protocol.name, protocol.version) },
          { value: 'prescriber', label: words.prescriber },
        ]}
      />
      {authority.whose === 'prescriber' ? (
        <SecondPersonField draft={authority.prescriber} label={words.who} onEnter={onEnter} busy={busy} />
      ) : null}
    </section>
  );
}

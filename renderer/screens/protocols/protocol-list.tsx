import type { ProtocolVersion } from '../../../shared/contract/protocol-versions.ts';
import { Card } from '../../components/card.tsx';
import { protocolsText } from '../../text/protocols.ts';
import { useClockTime } from '../../components/use-clock-time.ts';
import styles from './protocols-screen.module.css';

const words = protocolsText;

interface ProtocolListProps {
  readonly versions: readonly ProtocolVersion[];
  readonly shown: { readonly protocolId: string; readonly version: number } | null;
  readonly onShow: (version: ProtocolVersion) => void;
}

/** Every version of every protocol, the newest of each first. */
export function ProtocolList({ versions, shown, onShow }: ProtocolListProps) {
  const clock = useClockTime();
  const ids = [...new Set(versions.map((one) => one.protocolId))];
  const ordered = ids.flatMap((id) => versions.filter((one) => one.protocolId === id).toSorted((a, b) => b.version - a.version));
  return (
    <Card heading={words.list.heading} className={styles.list}>
      <ul className={styles.versions} aria-label={words.list.label}>
        {ordered.map((one) => (
          <li key={`${one.protocolId} ${one.version}`}>
            <button
              type="button"
              className={styles.version}
              aria-pressed={one.protocolId === shown?.protocolId && one.version === shown.version}
              data-validity={one.validity}
              onClick={() => onShow(one)}
            >
              <strong>{one.name}</strong>
              <span>
                {words.list.version(one.version)} · {words.list.validity[one.validity]}
                {one.effectiveFrom === null ? '' : ` · ${words.list.effective(clock.date(one.effectiveFrom))}`}
              </span>
              <span>{one.author === null ? words.list.builtIn : `${one.author} · ${one.status}`}</span>
            </button>
          </li>
        ))}
      </ul>
    </Card>
  );
}

import type { ReactNode } from 'react';
import { Icon } from '../../components/icon.tsx';
import styles from './workstation.module.css';

interface WorkstationLineProps {
  readonly icon: 'monitor' | 'disk' | 'lock' | 'person' | 'list';
  readonly name: string;
  readonly state: string;
  /** A person or a cable is waited for. */
  readonly waits?: boolean;
  /** What can be done about it, under its words. */
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/** One part of the workstation. */
export function WorkstationLine({ icon, name, state, waits = false, action, children }: WorkstationLineProps) {
  return (
    <li className={styles.line} data-waits={waits}>
      <Icon name={icon} size={24} />
      <div>
        <p className={styles.lineHead}>
          <strong>{name}</strong>
          <span>{state}</span>
        </p>
        <p className={styles.lineText}>{children}</p>
        {action === undefined || action === null ? null : <div className={styles.lineAction}>{action}</div>}
      </div>
    </li>
  );
}

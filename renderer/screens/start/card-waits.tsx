import styles from './card-waits.module.css';

/** In the place of what a card shows: what it waits for. */
export function CardWaits({ children }: { readonly children: string }) {
  return <p className={styles.waits}>{children}</p>;
}

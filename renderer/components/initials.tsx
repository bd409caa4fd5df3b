import styles from './initials.module.css';

/** First letters of the first and the last word: enough to tell people apart at a glance, never to name them. */
export function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '');
  const [first = '', last = ''] = [words[0] ?? '', words.length > 1 ? (words.at(-1) ?? '') : ''];
  return `${first.charAt(0)}${last.charAt(0)}`.toUpperCase();
}

export function Initials({ name, size = 'medium' }: { readonly name: string; readonly size?: 'medium' | 'large' }) {
  return (
    <span className={styles.badge} data-size={size} aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}

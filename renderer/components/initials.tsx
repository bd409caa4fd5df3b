import styles from './initials.module.css';

/** First letters of the first and the last word: enough to tell people apart at a glance, never to name them. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters
    .map((word) => word?.charAt(0) ?? '')
    .join('')
    .toUpperCase();
}

export function Initials({ name, size = 'medium' }: { readonly name: string; readonly size?: 'medium' | 'large' }) {
  return (
    <span className={styles.badge} data-size={size} aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}

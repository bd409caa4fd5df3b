import { Button } from '../../../components/button.tsx';
import { Icon } from '../../../components/icon.tsx';
import { sessionText } from '../../../text/session.ts';
import type { LinkBannerView } from './link-view.ts';
import styles from './link-banner.module.css';

/** A monitor that should speak does not: what, since when, what to check, what to do meanwhile. */
export function LinkBanner({ view, onByHand }: { readonly view: LinkBannerView; readonly onByHand?: () => void }) {
  return (
    <section className={styles.banner} data-banner="link" aria-label={sessionText.link.states.unplugged}>
      <Icon name="cable-out" size={44} className={styles.icon} />
      <div className={styles.words}>
        <p className={styles.title}>{view.title}</p>
        <p className={styles.advice}>{view.advice}</p>
      </div>
      {onByHand === undefined ? null : (
        <Button onPress={onByHand} className={styles.button}>
          <Icon name="keyboard" size={22} />
          {sessionText.linkBanner.byHand}
        </Button>
      )}
    </section>
  );
}

import styles from "./Card.module.css";

const TEN = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

/** A probability as ten dots: seven of ten times. */
export function TenDots({ share }: { share: number }) {
  const full = Math.round(share * 10);
  return (
    <span className={styles.dots} aria-hidden="true">
      {TEN.map((n) => (
        <i key={n} className={n > full ? styles.open : undefined} />
      ))}
    </span>
  );
}

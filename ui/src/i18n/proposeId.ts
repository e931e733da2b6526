/** The words of the trade have short ids; a formula with them can be read aloud. */
const KNOWN: Record<string, string> = {
  表示回数: "impressions",
  インプレッション: "impressions",
  インプレッション数: "impressions",
  リーチ: "reach",
  リーチ数: "reach",
  クリック: "clicks",
  クリック数: "clicks",
  リンクのクリック数: "clicks",
  リンククリック数: "clicks",
  クリック率: "ctr",
  訪問: "visits",
  訪問数: "visits",
  サイト訪問数: "visits",
  訪問者数: "visitors",
  応募: "applications",
  応募数: "applications",
  採用応募数: "applications",
  応募率: "apply_rate",
  いいね: "likes",
  いいね数: "likes",
  フォロワー: "followers",
  フォロワー数: "followers",
  投稿数: "posts",
  リール投稿数: "reels",
  保存数: "saves",
  エンゲージメント率: "engagement_rate",
  問い合わせ: "inquiries",
  問い合わせ数: "inquiries",
  問い合わせ率: "inquiry_rate",
  資料請求数: "downloads",
  リード: "leads",
  リード数: "leads",
  見込み客数: "leads",
  商談: "meetings",
  商談数: "meetings",
  商談化率: "meeting_rate",
  受注: "won",
  受注数: "won",
  受注率: "win_rate",
  成約数: "won",
  成約率: "win_rate",
  売上: "revenue",
  売上高: "revenue",
  客単価: "average_order",
  注文数: "orders",
  購入数: "orders",
  購入率: "conversion_rate",
  リピート率: "repeat_rate",
  広告費: "ad_cost",
  費用: "cost",
  開封率: "open_rate",
  配信数: "mails_sent",
};

/** Said before the word itself; where the number comes from does not belong into the id. */
const LEADING = /^(sns|web|広告|メール|サイト)?(経由の|での|からの|の)/i;

/**
 * Proposes an id for an indicator from its name: known words get their usual id, Latin names
 * become snake_case, others keep their letters (ids may be in any script). Never one of `taken`.
 */
export function proposeId(name: string, taken: Iterable<string>): string {
  const plain = name.normalize("NFKC").trim();
  const known = KNOWN[plain] ?? KNOWN[plain.replace(LEADING, "")];
  const base = known ?? plainId(plain);
  if (!base) return "";
  const used = new Set(taken);
  let id = base;
  for (let n = 2; used.has(id); n++) id = `${base}_${n}`;
  return id;
}

/** A name as an id: its letters and digits in lower case, _ for the rest. */
export function plainId(name: string): string {
  const id = name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "_")
    .replace(/^_+|_+$/g, "");
  return /^\p{N}/u.test(id) ? `_${id}` : id;
}

/** Whether a text can be an id: a letter of any script or _, then letters, digits, _. */
export function isId(text: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(text);
}

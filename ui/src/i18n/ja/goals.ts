/** Words of the goals screens. */
export const goals = {
  "goals.title": "組織の全体像",
  "goals.line": "経営目標ごとに、いま追っているKGIを並べています。",
  "goals.count": "KGI {count}件",
  "goals.none": "経営目標とつながっていないKGI",
  "goals.asOf": "{day}まで",
  "goals.target": "目標 {label}",
  "goals.noTarget": "目標の数がまだありません",
  "goals.probability": "達成できる確率",
  "goals.noProbability": "見込みはまだ出せません",
  "goals.progress": "進み {percent}",
  "goals.open": "「{name}」の地図を開く",
  "goals.unreadable": "保存されたモデルを読めません",
  "goals.unreadable.step": "文字で直す",
  "goals.summary": "{fine}件が順調、{late}件が遅れています。",
  "goals.empty": "まだ目標がありません",
  "goals.empty.line":
    "型からつくると、数分で地図ができます。まず見本を見たいときは、shirube demo を動かしてください。",
  "goals.empty.step": "型からつくる",
  "goals.new": "新しい地図をつくる",
} as const;

/** Words of the self-check and of the pack for somebody outside. */
export const handover = {
  "handover.check": "2分セルフチェック",
  "handover.check.line":
    "できることと、使える時間から、自分たちでやることと任せることを分けます。目標を決めることと読んで決めることは、いつも自分たちに残ります。",
  "handover.check.do": "結果を見る",
  "handover.check.again": "答えなおす",
  "handover.check.left": "あと{n}つ答えると、結果が出ます。",
  "handover.check.by": "答えた人: {names}。いちばんできる人の力と、時間の合計で見ています。",
  "handover.skill.0": "やったことがない",
  "handover.skill.1": "調べながらできる",
  "handover.skill.2": "ひとりでできる",
  "handover.skill.3": "教えられる",
  "handover.skill.-1": "いまは要らない",
  "handover.hours": "1か月に使える時間",
  "handover.hours.hint": "この目標のために、あなたが使える時間です(時間)。",
  "handover.hours.wrong": "0から200までの数で書いてください。",
  "handover.unit": "時間",
  "handover.perMonth": "月{hours}",
  "handover.sentence":
    "月{hours}のうち{own}を自分たちの仕事に使い、{handed}ぶんは任せるのがよさそうです。",
  "handover.sentence.all": "月{hours}のうち{own}で、すべて自分たちで回せます。",
  "handover.short":
    "残しておきたい仕事だけでも、時間が足りません。点検の間隔を広げるか、だれかの時間を足しましょう。",
  "handover.column.own": "自分たちで",
  "handover.column.together": "いっしょに",
  "handover.column.hand": "任せる",
  "handover.column.none": "ありません。",
  "handover.pack": "引き継ぎパック",
  "handover.pack.line":
    "外の専門家が、初日から読めるひとまとまりです。目標、数字の出どころ、弱いところ、決めたこと、頼むこと、入ってもらうところが入ります。",
  "handover.pack.do": "パックを取り出す(zip)",
  "handover.pack.right":
    "取り出せるのは、持ち出しを許された編集者とオーナーです。必要なときは、オーナーに相談してください。",
  "handover.pack.in": "入るもの",
  "handover.pack.indicators": "目標と、つながる数字 {n}個",
  "handover.pack.sources": "数字の出どころ {n}か所",
  "handover.pack.findings": "いま弱いところ {n}件",
  "handover.pack.decisions": "これまでに決めたこと {n}件",
  "handover.pack.wishes": "頼むこと: {names}",
  "handover.pack.wishes.none": "頼むことは、セルフチェックに答えると入ります。",
  "handover.pack.hidden":
    "個人の情報は入りません。チームの{n}人の名前は伏せ、お客さまの情報は読みもしません。",
  "handover.pack.access": "入ってもらうところ",
} as const;

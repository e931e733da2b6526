/** Words of onboarding. */
export const onboarding = {
  "onboarding.title": "はじめの4歩",
  "onboarding.count": "{done}/{all}",
  "onboarding.away": "もう出さない",
  "onboarding.step.goal": "目標を数と期限で言う",
  "onboarding.step.numbers": "数字を入れる",
  "onboarding.step.findings": "最初の気づきを見る",
  "onboarding.step.agreement": "目標に合意する",
  "onboarding.why.goal": "「増やす」だけでは、届いたかが分かりません。",
  "onboarding.why.numbers": "CSVかExcelを1つ入れると、地図が動きはじめます。",
  "onboarding.why.findings": "どこで損をしているか、何が効いているかを文で読めます。",
  "onboarding.why.agreement": "経営・現場・営業が、同じ目標を思い浮かべているかを確かめます。",
  "onboarding.better": "数えられる言い方にすると",
  "onboarding.better.use": "「{name}」にする",
} as const;

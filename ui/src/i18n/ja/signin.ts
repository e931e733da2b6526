/** Words of the ways in besides passwords, of invitations, and of how the house is set up. */
export const signin = {
  "signin.with": "{name} でサインイン",
  "signin.or": "または",
  "signin.byMail": "メールのリンクで入る",
  "signin.askLink": "リンクをメールで受け取る",
  "signin.asking": "送っています",
  "signin.link.only": "パスワードは要りません。メールのリンクを開くだけです。",
  "signin.lost.mail": "パスワードを忘れたときは、メールのリンクで入って、新しく決められます。",
  "signin.sent": "メールを見てください",
  "signin.sent.line":
    "{email} あてに、サインインのリンクを送りました。{minutes}分のあいだ、どの端末で開いてもかまいません。",
  "signin.sent.missing":
    "届かないときは、迷惑メールの中も見てください。登録のないアドレスには、何も届きません。",
  "signin.sent.back": "ほかの方法で入る",
  "signin.problem.busy": "試した回数が多すぎます。少し待ってから、もう一度お願いします。",
  "signin.problem.unreachable":
    "サインイン先と連絡が取れませんでした。少し待ってから、もう一度お願いします。",
  "signin.problem.expired":
    "時間が経ったか、別のブラウザーで開かれました。もう一度サインインしてください。",
  "signin.problem.cancelled": "サインインをやめました。",
  "signin.problem.refused": "サインイン先に断られました。もう一度お願いします。",
  "signin.problem.unverified":
    "サインイン先で、メールアドレスの確認がまだ済んでいません。確認してから、もう一度お願いします。",
  "signin.problem.not-allowed":
    "このメールアドレスでは入れません。会社のアドレスのアカウントを選んでください。",
  "signin.problem.unknown":
    "まだだれもあなたを加えていません。ワークスペースのオーナーに招いてもらってください。",
  "signin.problem.taken":
    "このメールアドレスには、もう別のアカウントがつながっています。ほかの方法で入って、「自分の設定」で前のアカウントを外すと、つなぎ直せます。",

  "signin.enter.line": "{email} としてサインインします。",
  "signin.enter.not": "あなたのアドレスでなければ、このページを閉じてください。",
  "signin.enter.dead": "このリンクは開けません",
  "signin.enter.none": "リンクが途中で切れているようです",
  "signin.enter.none.line": "メールのリンクを、もう一度はじめから開いてください。",
  "signin.enter.again": "新しいリンクを受け取る",

  "signin.welcome.noPassword": "すぐに使えます。",
  "signin.welcome.with": "パスワードを決めずに、{name} でサインイン",

  "signin.invite.send": "招待のメールを送る",
  "signin.invite.send.hint": "送らないときは、本人に渡すリンクが出ます。",
  "signin.invite.do": "招待する",
  "signin.invite.sent": "{name}さんに招待のメールを送りました。",
  "signin.invite.again": "もう一度招待する",
  "signin.invite.failed": "メンバーに加えましたが、招待のメールは送れていません。",
  "signin.invite.byHand": "代わりに、下のリンクを本人に渡せます。",
  "signin.invite.close": "閉じる",

  "signin.way.password": "パスワードで",
  "signin.way.entry": "一度きりのリンクで",
  "signin.way.mail": "メールのリンクで",
  "signin.way.oidc": "ほかのアカウントで",
  "signin.password.choose": "パスワードを決める",
  "signin.password.choose.line":
    "サインインしたばかりなので、いまのパスワードは要りません。30分のあいだ決められます。",
  "signin.password.none":
    "パスワードはまだ決めていません。決めるには、いちどサインアウトして、サインインしなおしてください。",

  "signin.ties": "つながっているアカウント",
  "signin.ties.line": "ここに出ているアカウントで、パスワードなしでサインインできます。",
  "signin.ties.only": "ほかに入る方法がないので、外せません。先にパスワードを決めてください。",
  "signin.ties.part": "外す",
  "signin.ties.title": "「{name}」を外しますか?",
  "signin.ties.ask":
    "このアカウントで入ったほかの端末は、サインアウトになります。次に同じメールアドレスのアカウントでサインインすると、またつながります。",
  "signin.ties.parted": "「{name}」を外しました。",
  "signin.record": "このアカウントであったこと",
  "signin.record.line":
    "身に覚えのないものがあれば、パスワードを変えて、すべての端末でサインアウトしてください。所属するワークスペースのオーナーにも、記録として見えます。",
  "signin.record.nothing": "なし",

  "signin.house": "この Shirube の設定",
  "signin.house.line":
    "起動するときに決まります。変えるには、サーバーの起動のしかたを変えてください。見えるのは、はじめに開いた人だけです。",
  "signin.house.address": "アドレス",
  "signin.house.here": "この機械の中からだけ使えます",
  "signin.house.public": "ほかのパソコンからも使えます",
  "signin.house.mail": "メール",
  "signin.house.mail.none":
    "送りません。招待は、リンクを手で渡します。起動するときに --mail-url と --mail-from を付けると、招待とサインインのリンクを送れます。",
  "signin.house.mail.by": "{server}({security})",
  "signin.house.security.tls": "暗号化あり",
  "signin.house.security.starttls": "暗号化あり",
  "signin.house.security.none": "この機械の中",
  "signin.house.mail.try": "自分に送ってみる",
  "signin.house.mail.ok": "{to} に送りました。届いたか見てください。",
  "signin.house.mail.bad": "送れませんでした。{said}",
  "signin.house.oidc": "ほかのアカウント",
  "signin.house.oidc.none":
    "使いません。--oidc-issuer を付けると、Google Workspace などのアカウントで入れます。",
  "signin.house.oidc.anyone": "加えられた人だけが入れます",
  "signin.house.oidc.allow": "入れるのは {list}",
  "signin.house.oidc.back": "発行元に登録するアドレス",
  "signin.house.password.off": "パスワードでは入れません",
} as const;

import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { ChipButton } from "../kit/Chip.tsx";
import { Icon, type IconName } from "../kit/Icon.tsx";
import { MenuItem, Popover } from "../kit/Popover.tsx";
import { setTheme, type Theme, useTheme } from "./theme.ts";

/** Each language is named in itself, so that whoever needs it can read it. */
const OWN_NAMES = { ja: "日本語", en: "English" } as const;
const THEMES: { theme: Theme; icon: IconName }[] = [
  { theme: "light", icon: "sun" },
  { theme: "dark", icon: "moon" },
  { theme: "system", icon: "device" },
];

/** Switches between Japanese and English; the button names the other one. */
export function LanguageSwitch() {
  const { lang, setLang, t } = useLanguage();
  const other = lang === "ja" ? "en" : "ja";
  return (
    <ChipButton lang={other} onClick={() => void setLang(other)} title={t("frame.language")}>
      {OWN_NAMES[other]}
    </ChipButton>
  );
}

/** Light, dark or as the device. */
export function ThemeSwitch({ align = "start" }: { align?: "start" | "end" }) {
  const { t } = useLanguage();
  const current = useTheme();
  const icon = THEMES.find((one) => one.theme === current)?.icon ?? "device";
  return (
    <Popover
      above
      align={align}
      label={t("frame.theme")}
      trigger={(wires) => (
        <ChipButton {...wires} aria-label={t("frame.theme")} title={t("frame.theme")}>
          <Icon name={icon} size={14} />
        </ChipButton>
      )}
    >
      {(close) =>
        THEMES.map(({ theme, icon: drawing }) => (
          <MenuItem
            key={theme}
            current={theme === current}
            icon={<Icon name={drawing} />}
            onClick={() => {
              setTheme(theme);
              close();
            }}
          >
            {t(`frame.theme.${theme}`)}
          </MenuItem>
        ))
      }
    </Popover>
  );
}

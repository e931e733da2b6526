import { useState } from "react";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { ChipButton } from "../../kit/Chip.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { MenuItem, MenuRule, Popover } from "../../kit/Popover.tsx";
import { FilterChooser } from "./FilterChooser.tsx";
import { useReport } from "./report.ts";

/** Adds conditions to the report one looks at. */
export function FilterPicker() {
  const { t } = useLanguage();
  const { ws, span, search, change } = useReport();
  const [opened, setOpened] = useState(0);
  const { filters, ...rest } = search;
  return (
    <Popover
      label={t("report.filter")}
      trigger={(wires) => (
        <ChipButton
          icon="plus"
          {...wires}
          onClick={() => {
            setOpened(opened + 1);
            wires.onClick();
          }}
        >
          {t("report.filter.add")}
        </ChipButton>
      )}
    >
      {(close) => (
        <FilterChooser
          key={opened}
          ws={ws}
          days={span}
          filters={filters ?? []}
          onChange={(next) => change(next.length > 0 ? { ...rest, filters: next } : rest)}
        >
          <MenuRule />
          <MenuItem
            current={search.bots === true}
            icon={search.bots && <Icon name="check" size={14} />}
            onClick={() => {
              const { bots, ...others } = search;
              close();
              change(bots ? others : { ...others, bots: true });
            }}
          >
            {t("report.bots")}
          </MenuItem>
          {filters && (
            <MenuItem
              onClick={() => {
                close();
                change(rest);
              }}
            >
              {t("report.filter.clear")}
            </MenuItem>
          )}
        </FilterChooser>
      )}
    </Popover>
  );
}

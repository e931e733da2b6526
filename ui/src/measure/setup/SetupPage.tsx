import { getRouteApi } from "@tanstack/react-router";
import { useMeasureState } from "../../api/useReports.ts";
import { Setup } from "./Setup.tsx";

const route = getRouteApi("/framed/w/$ws/measure");

/** 計測の設定, also once it runs. */
export function SetupPage() {
  const { ws } = route.useParams();
  const state = useMeasureState(ws);
  return <Setup ws={ws} last={state.data?.collecting.last ?? null} zone={state.data?.zone} />;
}

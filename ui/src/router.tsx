import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { Frame } from "./frame/Frame.tsx";
import { Home } from "./frame/Home.tsx";
import { Crashed, NotFound } from "./frame/Lost.tsx";
import { isDay } from "./i18n/day.ts";

// Every screen is its own file, loaded when it is first opened.

const root = createRootRoute({
  component: Outlet,
  notFoundComponent: NotFound,
  errorComponent: Crashed,
});

const framed = createRoute({ getParentRoute: () => root, id: "framed", component: Frame });

/** What the map's address carries: day, saved version, open indicator and its tab, the editor. */
export interface MapSearch {
  as_of?: string;
  version?: number;
  open?: string;
  tab?: string;
  /** The editor is open: for this indicator, or a new one. */
  edit?: string;
  /** The new indicator goes under this one. */
  under?: string;
}

function mapSearch(search: Record<string, unknown>): MapSearch {
  const text = (key: string) => {
    const value = search[key];
    return typeof value === "string" && value ? { [key]: value } : {};
  };
  const version = Number(search.version);
  return {
    ...(isDay(search.as_of) ? { as_of: search.as_of } : {}),
    ...(Number.isInteger(version) && version > 0 ? { version } : {}),
    ...text("open"),
    ...text("tab"),
    ...text("edit"),
    ...text("under"),
  };
}

/** The ask screen is looked at from a day and a version too. */
function askSearch(search: Record<string, unknown>): Pick<MapSearch, "as_of" | "version"> {
  const { as_of, version } = mapSearch(search);
  return { ...(as_of ? { as_of } : {}), ...(version ? { version } : {}) };
}

const routes = [
  createRoute({ getParentRoute: () => framed, path: "/", component: Home }),
  createRoute({
    getParentRoute: () => framed,
    path: "/goals",
    component: lazyRouteComponent(() => import("./map/goals/GoalsPage.tsx"), "GoalsPage"),
  }),
  createRoute({
    getParentRoute: () => framed,
    path: "/w/$ws",
    beforeLoad: ({ params }) => {
      throw redirect({ to: "/w/$ws/map", params, replace: true });
    },
  }),
  createRoute({
    getParentRoute: () => framed,
    path: "/w/$ws/map",
    validateSearch: mapSearch,
    component: lazyRouteComponent(() => import("./map/MapPage.tsx"), "MapPage"),
  }),
  createRoute({
    getParentRoute: () => framed,
    path: "/w/$ws/model",
    component: lazyRouteComponent(() => import("./map/model/ModelPage.tsx"), "ModelPage"),
  }),
  createRoute({
    getParentRoute: () => framed,
    path: "/w/$ws/versions",
    component: lazyRouteComponent(() => import("./map/model/VersionsPage.tsx"), "VersionsPage"),
  }),
  createRoute({
    getParentRoute: () => framed,
    path: "/w/$ws/measure",
    component: lazyRouteComponent(() => import("./measure/MeasurePage.tsx"), "MeasurePage"),
  }),
  createRoute({
    getParentRoute: () => framed,
    path: "/w/$ws/ask",
    validateSearch: askSearch,
    component: lazyRouteComponent(() => import("./ask/AskPage.tsx"), "AskPage"),
  }),
  createRoute({
    getParentRoute: () => framed,
    path: "/w/$ws/share",
    component: lazyRouteComponent(() => import("./share/SharePage.tsx"), "SharePage"),
  }),
];

const bare = [
  createRoute({
    getParentRoute: () => root,
    path: "/start",
    component: lazyRouteComponent(() => import("./map/start/StartPage.tsx"), "StartPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/view/$token",
    component: lazyRouteComponent(() => import("./map/view/ViewPage.tsx"), "ViewPage"),
  }),
] as const;

export const router = createRouter({
  routeTree: root.addChildren([framed.addChildren(routes), ...bare]),
  defaultPreload: "intent",
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

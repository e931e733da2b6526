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
import { onlyTold } from "./frame/onlyTold.ts";
import { isDay } from "./i18n/day.ts";
import { reportSearch } from "./measure/frame/search.ts";

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

const measure = createRoute({
  getParentRoute: () => framed,
  path: "/w/$ws/measure",
  validateSearch: onlyTold(reportSearch),
  component: lazyRouteComponent(() => import("./measure/frame/MeasureFrame.tsx"), "MeasureFrame"),
});

const reports = [
  createRoute({
    getParentRoute: () => measure,
    path: "/",
    component: lazyRouteComponent(
      () => import("./measure/overview/OverviewPage.tsx"),
      "OverviewPage",
    ),
  }),
  createRoute({
    getParentRoute: () => measure,
    path: "pages",
    component: lazyRouteComponent(() => import("./measure/pages/PagesPage.tsx"), "PagesPage"),
  }),
  createRoute({
    getParentRoute: () => measure,
    path: "sources",
    component: lazyRouteComponent(() => import("./measure/sources/SourcesPage.tsx"), "SourcesPage"),
  }),
  createRoute({
    getParentRoute: () => measure,
    path: "campaigns",
    component: lazyRouteComponent(
      () => import("./measure/campaigns/CampaignsPage.tsx"),
      "CampaignsPage",
    ),
  }),
  createRoute({
    getParentRoute: () => measure,
    path: "paths",
    component: lazyRouteComponent(() => import("./measure/paths/PathsPage.tsx"), "PathsPage"),
  }),
  createRoute({
    getParentRoute: () => measure,
    path: "funnel",
    component: lazyRouteComponent(() => import("./measure/funnel/FunnelPage.tsx"), "FunnelPage"),
  }),
  createRoute({
    getParentRoute: () => measure,
    path: "cohorts",
    component: lazyRouteComponent(() => import("./measure/cohorts/CohortsPage.tsx"), "CohortsPage"),
  }),
  createRoute({
    getParentRoute: () => measure,
    path: "attribution",
    component: lazyRouteComponent(
      () => import("./measure/attribution/AttributionPage.tsx"),
      "AttributionPage",
    ),
  }),
  createRoute({
    getParentRoute: () => measure,
    path: "posts",
    component: lazyRouteComponent(() => import("./measure/posts/PostsPage.tsx"), "PostsPage"),
  }),
  createRoute({
    getParentRoute: () => measure,
    path: "events",
    component: lazyRouteComponent(() => import("./measure/events/EventsPage.tsx"), "EventsPage"),
  }),
  createRoute({
    getParentRoute: () => measure,
    path: "now",
    component: lazyRouteComponent(() => import("./measure/now/NowPage.tsx"), "NowPage"),
  }),
  createRoute({
    getParentRoute: () => measure,
    path: "entry",
    component: lazyRouteComponent(() => import("./measure/entry/EntryPage.tsx"), "EntryPage"),
  }),
  createRoute({
    getParentRoute: () => measure,
    path: "setup",
    component: lazyRouteComponent(() => import("./measure/setup/SetupPage.tsx"), "SetupPage"),
  }),
  createRoute({
    getParentRoute: () => measure,
    path: "intake",
    component: lazyRouteComponent(() => import("./measure/intake/IntakePage.tsx"), "IntakePage"),
  }),
  createRoute({
    getParentRoute: () => measure,
    path: "data",
    component: lazyRouteComponent(() => import("./measure/MeasurePage.tsx"), "MeasurePage"),
  }),
  createRoute({
    getParentRoute: () => measure,
    path: "connections",
    component: lazyRouteComponent(
      () => import("./measure/connections/ConnectionsPage.tsx"),
      "ConnectionsPage",
    ),
  }),
];

const act = createRoute({
  getParentRoute: () => framed,
  path: "/w/$ws/act",
  component: lazyRouteComponent(() => import("./act/frame/ActFrame.tsx"), "ActFrame"),
});

/** A notice leads to the one it is about. */
function leadSearch(search: Record<string, unknown>): { lead?: string } {
  const { lead } = search;
  return typeof lead === "string" && lead ? { lead } : {};
}

const acting = [
  createRoute({
    getParentRoute: () => act,
    path: "/",
    validateSearch: onlyTold(leadSearch),
    component: lazyRouteComponent(() => import("./act/leads/LeadsPage.tsx"), "LeadsPage"),
  }),
  createRoute({
    getParentRoute: () => act,
    path: "automations",
    component: lazyRouteComponent(
      () => import("./act/automations/AutomationsPage.tsx"),
      "AutomationsPage",
    ),
  }),
  createRoute({
    getParentRoute: () => act,
    path: "automations/$id",
    // A new one begins with a template.
    validateSearch: onlyTold((search): { from?: string } =>
      typeof search.from === "string" ? { from: search.from } : {},
    ),
    component: lazyRouteComponent(
      () => import("./act/automations/AutomationPage.tsx"),
      "AutomationPage",
    ),
  }),
  createRoute({
    getParentRoute: () => act,
    path: "mail",
    component: lazyRouteComponent(() => import("./act/mail/MailPage.tsx"), "MailPage"),
  }),
  createRoute({
    getParentRoute: () => act,
    path: "mail/templates/$id",
    component: lazyRouteComponent(() => import("./act/mail/TemplatePage.tsx"), "TemplatePage"),
  }),
  createRoute({
    getParentRoute: () => act,
    path: "mail/broadcasts/$id",
    component: lazyRouteComponent(() => import("./act/mail/BroadcastPage.tsx"), "BroadcastPage"),
  }),
  createRoute({
    getParentRoute: () => act,
    path: "mail/senders",
    component: lazyRouteComponent(() => import("./act/mail/SendersPage.tsx"), "SendersPage"),
  }),
  createRoute({
    getParentRoute: () => act,
    path: "mail/duties",
    component: lazyRouteComponent(() => import("./act/duties/DutiesPage.tsx"), "DutiesPage"),
  }),
  createRoute({
    getParentRoute: () => act,
    path: "forms",
    component: lazyRouteComponent(() => import("./act/forms/FormsPage.tsx"), "FormsPage"),
  }),
  createRoute({
    getParentRoute: () => act,
    path: "forms/$id",
    component: lazyRouteComponent(() => import("./act/forms/FormPage.tsx"), "FormPage"),
  }),
  createRoute({
    getParentRoute: () => act,
    path: "scores",
    component: lazyRouteComponent(() => import("./act/scores/ScoresPage.tsx"), "ScoresPage"),
  }),
  createRoute({
    getParentRoute: () => act,
    path: "scores/$id",
    component: lazyRouteComponent(() => import("./act/scores/ScorePage.tsx"), "ScorePage"),
  }),
  createRoute({
    getParentRoute: () => act,
    path: "notices",
    // Where to tell has moved to the alerts.
    beforeLoad: ({ params }) => {
      throw redirect({
        to: "/w/$ws/share/alerts",
        params: params as { ws: string },
        search: { view: "places" },
        replace: true,
      });
    },
  }),
  createRoute({
    getParentRoute: () => act,
    path: "contacts",
    component: lazyRouteComponent(() => import("./act/contacts/ContactsPage.tsx"), "ContactsPage"),
    validateSearch: onlyTold((search): { view?: "segments" | "settings" } =>
      search.view === "segments" || search.view === "settings" ? { view: search.view } : {},
    ),
  }),
  createRoute({
    getParentRoute: () => act,
    path: "contacts/$id",
    component: lazyRouteComponent(() => import("./act/contacts/ContactPage.tsx"), "ContactPage"),
  }),
  createRoute({
    getParentRoute: () => act,
    path: "segments/$id",
    component: lazyRouteComponent(() => import("./act/segments/SegmentPage.tsx"), "SegmentPage"),
  }),
  createRoute({
    getParentRoute: () => act,
    path: "initiatives",
    component: lazyRouteComponent(
      () => import("./act/initiatives/InitiativesPage.tsx"),
      "InitiativesPage",
    ),
  }),
  createRoute({
    getParentRoute: () => act,
    path: "initiatives/$id",
    validateSearch: onlyTold((search): { kpi?: string; because?: string } => ({
      ...(typeof search.kpi === "string" ? { kpi: search.kpi } : {}),
      ...(typeof search.because === "string" ? { because: search.because } : {}),
    })),
    component: lazyRouteComponent(
      () => import("./act/initiatives/InitiativePage.tsx"),
      "InitiativePage",
    ),
  }),
];

const share = createRoute({
  getParentRoute: () => framed,
  path: "/w/$ws/share",
  component: lazyRouteComponent(() => import("./share/frame/ShareFrame.tsx"), "ShareFrame"),
});

/** A notice leads to the one thing it is about. */
function openSearch(search: Record<string, unknown>): { open?: string } {
  const { open } = search;
  return typeof open === "string" && open ? { open } : {};
}

/** The page of alerts: one of its parts, or the message a mail leads to. */
function alertSearch(search: Record<string, unknown>): {
  open?: string;
  view?: "reach" | "places";
} {
  const { view } = search;
  return { ...openSearch(search), ...(view === "reach" || view === "places" ? { view } : {}) };
}

const sharing = [
  createRoute({
    getParentRoute: () => share,
    path: "/",
    component: lazyRouteComponent(() => import("./share/now/NowPage.tsx"), "NowPage"),
  }),
  createRoute({
    getParentRoute: () => share,
    path: "agreement",
    component: lazyRouteComponent(
      () => import("./share/agreement/AgreementPage.tsx"),
      "AgreementPage",
    ),
  }),
  createRoute({
    getParentRoute: () => share,
    path: "questions",
    validateSearch: onlyTold(openSearch),
    component: lazyRouteComponent(
      () => import("./share/questions/QuestionsPage.tsx"),
      "QuestionsPage",
    ),
  }),
  createRoute({
    getParentRoute: () => share,
    path: "reviews",
    component: lazyRouteComponent(() => import("./share/reviews/ReviewsPage.tsx"), "ReviewsPage"),
  }),
  createRoute({
    getParentRoute: () => share,
    path: "reviews/$id",
    component: lazyRouteComponent(() => import("./share/reviews/ReviewPage.tsx"), "ReviewPage"),
  }),
  createRoute({
    getParentRoute: () => share,
    path: "reports",
    component: lazyRouteComponent(() => import("./share/reports/ReportsPage.tsx"), "ReportsPage"),
  }),
  createRoute({
    getParentRoute: () => share,
    path: "links",
    component: lazyRouteComponent(() => import("./share/links/LinksPage.tsx"), "LinksPage"),
  }),
  createRoute({
    getParentRoute: () => share,
    path: "alerts",
    validateSearch: onlyTold(alertSearch),
    component: lazyRouteComponent(() => import("./share/alerts/AlertsPage.tsx"), "AlertsPage"),
  }),
  createRoute({
    getParentRoute: () => share,
    path: "activity",
    validateSearch: onlyTold((search): { view?: "record" } =>
      search.view === "record" ? { view: "record" } : {},
    ),
    component: lazyRouteComponent(
      () => import("./share/activity/ActivityPage.tsx"),
      "ActivityPage",
    ),
  }),
  createRoute({
    getParentRoute: () => share,
    path: "handover",
    component: lazyRouteComponent(
      () => import("./share/handover/HandoverPage.tsx"),
      "HandoverPage",
    ),
  }),
  createRoute({
    getParentRoute: () => share,
    path: "glossary",
    component: lazyRouteComponent(
      () => import("./share/glossary/GlossaryPage.tsx"),
      "GlossaryPage",
    ),
  }),
];

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
    validateSearch: onlyTold(mapSearch),
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
  measure.addChildren(reports),
  act.addChildren(acting),
  createRoute({
    getParentRoute: () => framed,
    path: "/w/$ws/ask",
    validateSearch: onlyTold(askSearch),
    component: lazyRouteComponent(() => import("./ask/AskPage.tsx"), "AskPage"),
  }),
  share.addChildren(sharing),
  createRoute({
    getParentRoute: () => framed,
    path: "/w/$ws/people",
    component: lazyRouteComponent(() => import("./people/PeoplePage.tsx"), "PeoplePage"),
  }),
  createRoute({
    getParentRoute: () => framed,
    path: "/account",
    component: lazyRouteComponent(() => import("./people/AccountPage.tsx"), "AccountPage"),
  }),
];

/** Why signing in elsewhere came to nothing. */
const PROBLEMS = [
  "busy",
  "unreachable",
  "expired",
  "cancelled",
  "refused",
  "unverified",
  "not-allowed",
  "unknown",
  "taken",
] as const;
type SignInProblem = (typeof PROBLEMS)[number];

/** Where to go after signing in: an address of ours, never of another site. */
function signInSearch(search: Record<string, unknown>): { next?: string; problem?: SignInProblem } {
  const { next } = search;
  const problem = PROBLEMS.find((one) => one === search.problem);
  return {
    ...(typeof next === "string" && /^\/(?![/\\])/.test(next) ? { next } : {}),
    ...(problem ? { problem } : {}),
  };
}

const bare = [
  createRoute({
    getParentRoute: () => root,
    path: "/signin",
    validateSearch: onlyTold(signInSearch),
    component: lazyRouteComponent(() => import("./people/SignInPage.tsx"), "SignInPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/welcome",
    component: lazyRouteComponent(() => import("./people/WelcomePage.tsx"), "WelcomePage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/enter",
    component: lazyRouteComponent(() => import("./people/EnterPage.tsx"), "EnterPage"),
  }),
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
  createRoute({
    getParentRoute: () => root,
    path: "/ask/$token",
    component: lazyRouteComponent(() => import("./talk/outside/OutsidePage.tsx"), "OutsidePage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/embed/$token",
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

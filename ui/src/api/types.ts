import type { components } from "./schema";

/**
 * Short names for what the API sends and takes; schema.d.ts is generated from
 * the server (`npm run api`). Numbers that do not exist are null, never 0.
 * Ratios (unit "%") are ratios: 0.031. Days are "2026-04-01".
 */
type Schemas = components["schemas"];

export type { paths } from "./schema";

export type MapReply = Schemas["MapReply"];
export type MapModel = Schemas["MapModel"];
export type Indicator = Schemas["MapIndicator"];
export type Status = NonNullable<Indicator["status"]>;
export type ValueKind = Indicator["kind"];
export type Target = Schemas["TargetView"];
export type TargetKind = Target["kind"];
export type Milestone = Schemas["MilestoneView"];
export type Agreement = Schemas["Agreement"];
export type Forecast = Schemas["Landing"];
export type Change = Schemas["Change"];
export type Curve = Schemas["Curve"];
export type Junction = Schemas["Junction"];
export type Operator = Junction["operator"];
export type MapLink = Schemas["MapLink"];
export type Grade = MapLink["grade"];
export type Sentence = Schemas["MapSentence"];
export type Finding = Schemas["FindingView"];
export type Severity = Finding["severity"];
export type SmartLine = Schemas["SmartLine"];
export type TeamEvent = Schemas["EventView"];

export type IndicatorDetail = Schemas["IndicatorDetail"];
export type DailyLine = Schemas["DailyLine"];
export type Breakdown = Schemas["Breakdown"];

export type Workspace = Schemas["WorkspaceView"];
export type NewWorkspace = Schemas["NewWorkspace"];
export type GoalsReply = Schemas["GoalsReply"];
export type Template = Schemas["TemplateView"];

export type ModelFile = Schemas["ModelView"];
export type ModelCheck = Schemas["ModelCheck"];
export type ModelProblem = Schemas["ProblemView"];
export type Edit = Schemas["Edit"];
export type EditReply = Schemas["EditReply"];
export type ModelVersion = Schemas["VersionView"];
export type ModelChange = Schemas["ChangeOfModel"];

export type Connection = Schemas["ConnectionView"];
export type ConnectionKind = Connection["kind"];
export type ConnectionSettings = Schemas["Settings"];
export type ConnectionTry = Schemas["ConnectionTry"];
export type ConnectionTried = Schemas["ConnectionTried"];
export type NewConnection = Schemas["NewConnection"];
export type ConnectionWish = Omit<ConnectionTry, "id" | "kind" | "name" | "lang">;

export type Me = Schemas["MeReply"];
export type Person = Schemas["PersonView"];
export type Member = Schemas["MemberView"];
export type Role = Member["role"];
export type WriteKey = Schemas["WriteKeyView"];
export type NewWriteKey = Schemas["NewWriteKey"];
export type APIKey = Schemas["APIKeyView"];
export type NewAPIKey = Schemas["NewAPIKey"];
export type SignInPlace = Schemas["SignInView"];
export type AccountTie = Schemas["AccountTie"];
export type AccountDeed = Schemas["AccountDeedView"];

export type Source = Schemas["SourceView"];
export type SourceSpec = Schemas["SourceEdit"];
export type MetricSpec = Schemas["MetricEdit"];
export type Upload = Schemas["UploadView"];
export type UploadReply = Schemas["UploadReply"];
export type UploadPreview = Schemas["UploadPreview"];
export type PreviewColumn = Schemas["PreviewColumn"];
export type ForecastReply = Schemas["ForecastReply"];
export type Explanation = Schemas["Explanation"];
export type ReviewReply = Schemas["ReviewReply"];
export type FindingCard = Schemas["FindingCard"];
export type FindingChart = Schemas["Picture"];
export type Lever = Schemas["Lever"];
export type LeversReply = Schemas["LeversReply"];
export type WhatIfResult = Schemas["WhatIfResult"];
export type SeekResult = Schemas["SeekResult"];
export type Scenario = Schemas["ScenarioView"];
export type Candidate = Schemas["Candidate"];
export type ScoreReply = Schemas["ScoreReply"];
export type ReadOnlyView = Schemas["ViewView"];

/** RFC 9457: what happened, and per place what to do. */
export type Problem = Partial<Schemas["ErrorModel"]>;

export type MeasureState = Schemas["MeasureState"];
export type FilterView = Schemas["FilterView"];
export type Segment = Schemas["SegmentView"];
export type VisitsReply = Schemas["VisitsReply"];
export type VisitNumbers = Schemas["VisitNumbers"];
export type DayNumbers = Schemas["DayNumbers"];
export type GroupNumbers = Schemas["GroupNumbers"];
export type BreakdownReply = Schemas["BreakdownReply"];
export type Definition = Schemas["Definition"];
export type NowReply = Schemas["NowReply"];
export type EventRow = Schemas["EventRow"];
export type ChannelRule = Schemas["ChannelRuleView"];
export type ChannelRulesReply = Schemas["ChannelRulesReply"];

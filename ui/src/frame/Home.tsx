import { Navigate } from "@tanstack/react-router";
import { useWorkspaces } from "../api/useWorkspaces.ts";
import { Failed } from "../kit/EmptyState.tsx";
import { Loading } from "../kit/Skeleton.tsx";

/** The first address: the one map there is, the page of all goals, or the start. */
export function Home() {
  const { data, error, refetch } = useWorkspaces();
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const [first, ...others] = data.workspaces;
  if (!first) return <Navigate to="/start" replace />;
  if (others.length > 0) return <Navigate to="/goals" replace />;
  return <Navigate to="/w/$ws/map" params={{ ws: first.slug }} replace />;
}

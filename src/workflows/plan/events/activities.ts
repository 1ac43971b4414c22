/**
 * The activity types of each event that has some, the one that is most likely meant first. What is not here has none.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
 */
const activities: Readonly<Record<string, readonly string[]>> = {
  branch_protection_rule: ['created', 'edited', 'deleted'],
  check_run: ['completed', 'created', 'rerequested', 'requested_action'],
  check_suite: ['completed'],
  discussion: [
    'created',
    'edited',
    'deleted',
    'transferred',
    'pinned',
    'unpinned',
    'labeled',
    'unlabeled',
    'locked',
    'unlocked',
    'category_changed',
    'answered',
    'unanswered',
  ],
  discussion_comment: ['created', 'edited', 'deleted'],
  image_version: ['ready'],
  issue_comment: ['created', 'edited', 'deleted'],
  issues: [
    'opened',
    'edited',
    'deleted',
    'transferred',
    'pinned',
    'unpinned',
    'closed',
    'reopened',
    'assigned',
    'unassigned',
    'labeled',
    'unlabeled',
    'locked',
    'unlocked',
    'milestoned',
    'demilestoned',
    'typed',
    'untyped',
  ],
  label: ['created', 'edited', 'deleted'],
  merge_group: ['checks_requested'],
  milestone: ['created', 'closed', 'opened', 'edited', 'deleted'],
  pull_request: [
    'opened',
    'synchronize',
    'reopened',
    'assigned',
    'unassigned',
    'labeled',
    'unlabeled',
    'edited',
    'closed',
    'converted_to_draft',
    'locked',
    'unlocked',
    'enqueued',
    'dequeued',
    'milestoned',
    'demilestoned',
    'ready_for_review',
    'review_requested',
    'review_request_removed',
    'auto_merge_enabled',
    'auto_merge_disabled',
  ],
  pull_request_review: ['submitted', 'edited', 'dismissed'],
  pull_request_review_comment: ['created', 'edited', 'deleted'],
  registry_package: ['published', 'updated'],
  release: ['published', 'unpublished', 'created', 'edited', 'deleted', 'prereleased', 'released'],
  watch: ['started'],
  workflow_run: ['completed', 'requested', 'in_progress'],
};

/** What starts a workflow that names no types, where that is not all of them. */
const startsByDefault: Readonly<Record<string, readonly string[]>> = {
  pull_request: ['opened', 'synchronize', 'reopened'],
};

/** The activity that is meant when nobody says which; null for an event without activities. */
export function likelyActivity(event: string): string | null {
  return activities[familyOf(event)]?.[0] ?? null;
}

/** All activity types of an event. */
export const activityTypes = (event: string): readonly string[] => activities[familyOf(event)] ?? [];

/** The activity types that start a workflow which names none; null: any does. */
export function defaultActivities(event: string): readonly string[] | null {
  return startsByDefault[familyOf(event)] ?? null;
}

function familyOf(event: string): string {
  return event === 'pull_request_target' ? 'pull_request' : event;
}

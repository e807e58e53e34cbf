/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"

G_BEGIN_DECLS

/* Of the instants of a CptOutboxEntry: never, not yet */
#define CPT_OUTBOX_NEVER G_MAXINT64

/**
 * CptOutboxEntry:
 * @row: its number in this file; 0 before it is added
 * @key: what it is: 64 digits, once in a file
 * @connector: the name of what brings it away: “webhook”
 * @enrolment: the row of the enrolment that decided it; 0: none did
 * @node: the id of the node that decided it; empty: none did
 * @visit: which visit of that node
 * @state: how far it is, as the engine calls it: “planned”, “leased”, “calling”, “done”, “failed”, “unknown”
 * @next: what comes next, as the engine calls it: “try”, “ask”, “listen”, “show”, “nothing”
 * @due: when somebody has to look at it; while it is leased or being called, when that lapses.
 *   Microseconds since the Unix epoch, as all instants here; %CPT_OUTBOX_NEVER: nobody has to
 * @attempt: how often it was tried or asked for
 * @planned: when it was decided
 * @first_call: when the other side was called for the first time; %CPT_OUTBOX_NEVER: it was not yet
 * @settled: when it was done, or given up
 * @holder: (nullable): which machine has taken it on
 * @target: which other side it goes to, for what is told of that one as a whole: “https://example.com”
 * @request: what is to be done, as JSON; settled when it was decided
 * @answer: (nullable): what came back, as JSON
 * @reason: (nullable): why it is not done: a sentence
 *
 * Something that leaves the machine, as it is kept from the transaction that decided it until it
 * is told how it ended. Entries are no records: they belong to the device that runs the
 * automation, and the log does not know them.
 */
typedef struct
{
  gint64 row;
  char  *key;
  char  *connector;
  gint64 enrolment;
  char  *node;
  guint  visit;
  char  *state;
  char  *next;
  gint64 due;
  guint  attempt;
  gint64 planned;
  gint64 first_call;
  gint64 settled;
  char  *holder;
  char  *target;
  char  *request;
  char  *answer;
  char  *reason;
} CptOutboxEntry;

/* (transfer full): all instants are %CPT_OUTBOX_NEVER, all else is nothing */
CptOutboxEntry *cpt_outbox_entry_new  (void);
void            cpt_outbox_entry_free (CptOutboxEntry *self);

/**
 * cpt_outbox_add:
 * @database: a connection
 * @self: an entry with a key, a connector, a node, a state, a next, a target and a request
 * @error: as of any writing
 *
 * Writes it down; one whose key is there already is left as it is there.
 *
 * Returns: whether it is in the outbox
 */
gboolean        cpt_outbox_add        (CptDatabase           *database,
                                       const CptOutboxEntry  *self,
                                       GError               **error);
/* Writes everything of @self that may change: all but its key, where it comes from and when */
gboolean        cpt_outbox_save       (CptDatabase           *database,
                                       const CptOutboxEntry  *self,
                                       GError               **error);
/* (transfer full) (nullable): the entry; %NULL with %CPT_ERROR_NOT_FOUND */
CptOutboxEntry *cpt_outbox_load       (CptDatabase  *database,
                                       gint64        row,
                                       GError      **error);
/* (transfer full) (nullable): the last one that @node of an enrolment decided; %NULL without @error: none */
CptOutboxEntry *cpt_outbox_find_last  (CptDatabase  *database,
                                       gint64        enrolment,
                                       const char   *node,
                                       GError      **error);
/**
 * cpt_outbox_list_due:
 * @database: a connection
 * @now: microseconds since the Unix epoch
 * @limit: how many at most
 * @error: as of any reading
 *
 * Those that somebody has to look at, what was due first in front. Those of workflows that are
 * not active wait, but for what was begun.
 *
 * Returns: (transfer full) (element-type CptOutboxEntry) (nullable): %NULL with @error
 */
GPtrArray      *cpt_outbox_list_due   (CptDatabase  *database,
                                       gint64        now,
                                       guint         limit,
                                       GError      **error);
/* (transfer full) (element-type CptOutboxEntry) (nullable): those in @state (nullable: in any), the last ones in front */
GPtrArray      *cpt_outbox_list       (CptDatabase  *database,
                                       const char   *state,
                                       guint         limit,
                                       GError      **error);
/* When the next one is due, as cpt_outbox_list_due() has it; %CPT_OUTBOX_NEVER: none is */
gboolean        cpt_outbox_get_next_due (CptDatabase  *database,
                                         gint64       *due,
                                         GError      **error);
/* What @holder had taken on and holds no more, since its process is gone, is due at once */
gboolean        cpt_outbox_release    (CptDatabase  *database,
                                       const char   *holder,
                                       GError      **error);

/**
 * CptOutboxTarget:
 * @n_failures: how often in a row the other side could not be reached
 * @open_until: it is left alone until then; %CPT_OUTBOX_NEVER: it is not left alone
 *
 * How an other side does, for all who want something of it.
 */
typedef struct
{
  guint  n_failures;
  gint64 open_until;
} CptOutboxTarget;

/* Nothing is known of one that never failed: no failures */
gboolean        cpt_outbox_load_target (CptDatabase      *database,
                                        const char       *target,
                                        CptOutboxTarget  *self,
                                        GError          **error);
gboolean        cpt_outbox_save_target (CptDatabase            *database,
                                        const char             *target,
                                        const CptOutboxTarget  *self,
                                        GError                **error);

/**
 * cpt_outbox_take_turn:
 * @database: a connection
 *
 * One process of a machine at a time brings away what is in a file. Who dies gives up his turn.
 *
 * Returns: a descriptor for cpt_outbox_end_turn(); -1 while another process has its turn
 */
int             cpt_outbox_take_turn  (CptDatabase *database);
void            cpt_outbox_end_turn   (int turn);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptOutboxEntry, cpt_outbox_entry_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "cpt-pack.h"
#include "cpt-transaction.h"

G_BEGIN_DECLS

/* The record of an installed pack keeps in its definition
 *
 *   {"language":"fr","items":[{"entity":…,"key":…,"id":…,"digest":…,"fields":[…],"brought":[…]},…]}
 *
 * The digest is of the record as the pack brought it: what has another one was
 * changed by somebody. The fields are those that the pack has given a value. */

/* One record of a pack */
typedef struct
{
  char       *file; /* "deal.json" */
  char       *entity;
  char       *key;
  JsonObject *object; /* without the key */
  CptUuid     id; /* set when it is installed */
  char       *digest; /* (nullable): as it was installed */
  gboolean    is_adopted; /* a field or a list of choices that was there already, just the same */
  GStrv       fields; /* (nullable): what it has set; of an installed one */
  GStrv       brought; /* (nullable): of a list of choices that is the workspace's own: what the pack put there */
  CptRecord  *joined; /* (nullable): that list, with these */
} CptPackItem;

struct _CptPack
{
  char       *name;
  JsonNode   *label;
  JsonNode   *description; /* (nullable) */
  gint64      version;
  GPtrArray  *items; /* CptPackItem; custom fields first */
};

CptPackItem *cpt_pack_item_new  (const char *entity,
                                 const char *key);
void         cpt_pack_item_free (CptPackItem *self);
/* (nullable): by entity and key */
CptPackItem *cpt_pack_find_item (GPtrArray  *items,
                                 const char *entity,
                                 const char *key);

/* What "@key", "@today+3", "@currency" and {"en":…,"fr":…} stand for */
typedef struct
{
  GHashTable *ids; /* utf8 key to CptUuid */
  gint64      today;
  const char *language;
  const char *currency; /* of the workspace */
  char       *missing; /* (nullable) (owned): a key that is not there */
} CptPackTerms;

/* A copy of @node with everything put in */
JsonNode    *cpt_pack_resolve   (JsonNode     *node,
                                 CptPackTerms *terms) G_GNUC_WARN_UNUSED_RESULT;
/* The first language of the session that packs have */
const char  *cpt_pack_get_language (void);

/* (transfer full): of what the record says, not of when or by whom */
char        *cpt_pack_get_digest (const CptRecord *record);

/* Whether a custom field holds something in any record, or one, in the trash too, has a
 * choice that a list adds */
gboolean     cpt_pack_is_filled  (CptDatabase      *database,
                                  const CptRecord  *declaration,
                                  gboolean         *is_filled,
                                  GError          **error);
/* Whether @item is a page layout, and the workspace has one of that kind of record */
gboolean     cpt_pack_is_arranged (const CptPackItem  *item,
                                   CptDatabase        *database,
                                   gboolean           *is_arranged,
                                   GError            **error);
/* (transfer full) (nullable): what is wrong with the page layout that @item, one of
 * @items (element-type CptPackItem), makes: @record */
char        *cpt_pack_check_layout (const CptPackItem *item,
                                    GPtrArray         *items,
                                    const CptRecord   *record);
/* cpt-pack-check.c. (transfer full) (element-type utf8): sentences about what the
 * record that @item, one of @items, makes says and the door does not look at */
GPtrArray   *cpt_pack_list_faults  (const CptPackItem *item,
                                    GPtrArray         *items,
                                    CptSchema         *schema,
                                    const CptRecord   *record);
/* Whether it is a field, which has to be there before what uses it */
gboolean     cpt_pack_item_is_field (const CptPackItem *self);
/* A field or a list of choices, which has to be there before what uses it */
gboolean     cpt_pack_item_is_declaration (const CptPackItem *self);
/* Whether both declare one field, or the choices of one */
gboolean     cpt_pack_is_about_same (const CptRecord *a,
                                     const CptRecord *b);
/* Of two that do: whether they say the same */
gboolean     cpt_pack_is_same       (const CptRecord *a,
                                     const CptRecord *b);
/* The choices that @list, of entity "choice_list", adds to those that are declared.
 * @entity and @field (out): what it is about, NULL when there is no such thing.
 * (transfer full) (element-type utf8): names */
GPtrArray   *cpt_pack_list_own_choices (CptDatabase      *database,
                                        const CptRecord  *list,
                                        const CptEntity **entity,
                                        const CptField  **field);
/* (element-type CptRecord): all of a kind; @sort (nullable) */
GPtrArray   *cpt_pack_load_all   (CptDatabase  *database,
                                  const char   *entity,
                                  const char   *sort,
                                  GError      **error);
/* The record of an installed pack; NULL without @error when there is none */
CptRecord   *cpt_pack_load_record (CptDatabase  *database,
                                   const char   *name,
                                   GError      **error);
/* (element-type CptPackItem): what it brought; @language (out) (transfer full) */
GPtrArray   *cpt_pack_read_items  (const CptRecord  *record,
                                   char            **language);

/* cpt-pack-choices.c. (transfer full) (nullable): @own, a list of choices, with those
 * of @list that it lacks; NULL when it can't be read. @brought: (out): their names,
 * and those of @former (nullable) that are still there. */
CptRecord   *cpt_pack_join_choices (const CptRecord   *own,
                                    const CptRecord   *list,
                                    const char *const *former,
                                    GStrv             *brought);
/* (transfer full): @own without these */
CptRecord   *cpt_pack_part_choices (const CptRecord   *own,
                                    const char *const *names);
void         cpt_pack_store_choices (CptTransaction  *transaction,
                                     const CptRecord *list);
/* (transfer full) (nullable): those of @names that no record has, in the trash
 * neither; NULL with @error. @is_used: (out): whether there are others */
GStrv        cpt_pack_list_unused  (CptDatabase        *database,
                                    const CptRecord    *own,
                                    const char *const  *names,
                                    gboolean           *is_used,
                                    GError            **error);
/* An item of the definition; @digest (nullable) */
void         cpt_pack_write_item   (JsonBuilder       *builder,
                                    const CptPackItem *item,
                                    const char        *digest);

G_END_DECLS

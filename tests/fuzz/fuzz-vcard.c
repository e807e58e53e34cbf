/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cards of persons: whatever is read is valid and is read as the same again when
 * it is written, in both versions. */

#include "config.h"

#include <string.h>

#include "cpt-vcard.h"
#include "fuzz.h"

const char *const fuzz_seeds[] = {
  "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:urn:uuid:1\r\nFN:Anne Martin\r\nN:Martin;Anne;;;\r\nEND:VCARD\r\n",
  "BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Zo=EB=\nM\nTEL;CELL;PREF:06\nEND:VCARD\n",
  "BEGIN:VCARD\nitem1.EMAIL;TYPE=\"work,pref\":a@b.fr\nADR;TYPE=home:;;1 rue;Lyon;;69001;FR\nBDAY:19640521T101112Z\nEND:VCARD",
  "BEGIN:VCARD\nNOTE:a\\nb\\, c\\;\\\\\n  folded\nCATEGORIES:a,b\\,c\nPHOTO;ENCODING=b:AAAA\n AAAA\nEND:VCARD\n",
  NULL,
};

static CptContentReader *
open_bytes (const void *bytes,
            gsize       length)
{
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_data (bytes, (gssize) length, NULL);

  return cpt_content_reader_new (stream);
}

static void
check_card (const CptVcard *card,
            int             version)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(CptContentReader) reader = NULL;
  g_autoptr(CptVcard) again = NULL;

  cpt_vcard_append (card, text, version);
  g_assert_true (g_utf8_validate (text->str, -1, NULL));
  reader = open_bytes (text->str, text->len);
  again = cpt_vcard_read (reader, NULL, NULL);
  g_assert_nonnull (again);
  for (guint i = 0; i < CPT_VCARD_N_FIELDS; i++)
    if (card->fields[i] != NULL && strlen (card->fields[i]) < CPT_CONTENT_LINE_MAX_BYTES / 4 && i != CPT_VCARD_TAGS)
      g_assert_cmpstr (again->fields[i], ==, card->fields[i]);
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         length)
{
  g_autoptr(CptContentReader) reader = open_bytes (bytes, length);
  CptVcard *card;

  while ((card = cpt_vcard_read (reader, NULL, NULL)) != NULL)
    {
      for (guint i = 0; i < CPT_VCARD_N_FIELDS; i++)
        g_assert_true (card->fields[i] == NULL || g_utf8_validate (card->fields[i], -1, NULL));
      check_card (card, 3);
      check_card (card, 4);
      cpt_vcard_free (card);
    }

  return 0;
}

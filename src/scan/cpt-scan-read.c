/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What is written on a picture, by Tesseract. A photograph lies as the camera was
 * held: what the file says about that is believed only after a look, since the
 * right way round is the one in which words are read with most confidence.
 */

#include "config.h"

#include <string.h>

#if CPT_HAVE_TESSERACT
#include <leptonica/allheaders.h>
#include <tesseract/capi.h>
#endif

#include "cpt-scan-private.h"

#if CPT_HAVE_TESSERACT

#define BEST_SIDE 2000 /* pixels of the longer side: letters are some 40 high then */
#define LEAST_SIDE 1000
#define GOOD_CONFIDENCE 70 /* of 100: no other way round is tried */
#define N_TURNS 4

static PIX *
create_grey (GBytes *picture)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (picture, &length);
  PIX *pix = pixReadMem (bytes, length);
  PIX *grey = pix != NULL ? pixConvertTo8 (pix, FALSE) : NULL;
  PIX *scaled = NULL;
  int side;

  pixDestroy (&pix);
  if (grey == NULL)
    return NULL;

  side = MAX (pixGetWidth (grey), pixGetHeight (grey));
  if (side > BEST_SIDE || side < LEAST_SIDE)
    {
      float scale = (float) (side > BEST_SIDE ? BEST_SIDE : LEAST_SIDE) / (float) side;

      scaled = pixScale (grey, scale, scale);
      pixDestroy (&grey);
    }

  return scaled != NULL ? scaled : grey;
}

/* The text with its confidence; (transfer full) (nullable) */
static char *
read_turned (TessBaseAPI *api,
             PIX         *grey,
             int          turns,
             int         *confidence)
{
  PIX *turned = pixRotateOrth (grey, turns);
  char *text;
  char *copy;

  *confidence = 0;
  if (turned == NULL)
    return NULL;

  TessBaseAPISetImage2 (api, turned);
  text = TessBaseAPIGetUTF8Text (api);
  *confidence = TessBaseAPIMeanTextConf (api);
  copy = g_strdup (text);
  TessDeleteText (text);
  pixDestroy (&turned);

  return copy;
}

static char *
read_best (TessBaseAPI *api,
           PIX         *grey)
{
  /* Upright, lying on either side, on its head: the most usual first */
  static const int turns[N_TURNS] = { 0, 1, 3, 2 };
  g_autofree char *best = NULL;
  int best_confidence = -1;

  for (guint i = 0; i < N_TURNS && best_confidence < GOOD_CONFIDENCE; i++)
    {
      int confidence;
      g_autofree char *text = read_turned (api, grey, turns[i], &confidence);

      if (text != NULL && confidence > best_confidence)
        {
          g_free (best);
          best = g_steal_pointer (&text);
          best_confidence = confidence;
        }
    }

  return g_steal_pointer (&best);
}

static gboolean
begin (TessBaseAPI *api)
{
  static const char *const languages[] = { "fra+eng", "eng", "fra" };

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    if (TessBaseAPIInit3 (api, NULL, languages[i]) == 0)
      return TRUE;

  return FALSE;
}

CptScanStatus
cpt_scan_read (GBytes *picture)
{
  TessBaseAPI *api = TessBaseAPICreate ();
  CptScanStatus status = CPT_SCAN_NO_LANGUAGE;

  setMsgSeverity (L_SEVERITY_NONE);
  if (begin (api))
    {
      PIX *grey = create_grey (picture);
      g_autofree char *text = NULL;

      TessBaseAPISetPageSegMode (api, PSM_AUTO);
      text = grey != NULL ? read_best (api, grey) : NULL;
      status = text != NULL && cpt_scan_write (text, strlen (text)) ? CPT_SCAN_DONE : CPT_SCAN_DAMAGED;
      pixDestroy (&grey);
    }
  TessBaseAPIEnd (api);
  TessBaseAPIDelete (api);

  return status;
}

#else

CptScanStatus
cpt_scan_read (GBytes *picture)
{
  return CPT_SCAN_NOT_BUILT;
}

#endif

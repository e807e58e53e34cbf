/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How comptoir-scan ends; 0 when what was asked for is on its standard output */
typedef enum
{
  CPT_SCAN_DONE = 0,
  CPT_SCAN_USAGE = 2,
  CPT_SCAN_DAMAGED = 3,
  CPT_SCAN_NOT_BUILT = 4,
  CPT_SCAN_NO_LANGUAGE = 5,
} CptScanStatus;

/* meter: how far a program is, for who waits at a terminal, and what it did, for --stats */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Starts the clock; total is the bytes to come, 0 if that is not known. */
void meter_start(bool progress, uint64_t total);

/* Redraws the line at most ten times a second; does nothing where there is no terminal. */
void meter_show(uint64_t bytes, uint64_t records);

/* Takes the line away. */
void meter_hide(void);

double meter_seconds(void);

"""The rival of the simulation: the model of royalty-model.ts, vectorised with NumPy.

Reads one JSON line {"trials": n, "block": m, "seed": s, "sheet": b} after another and answers each with one line: seconds by the wall and
by the processor for sampling, model, mean, standard deviation and percentiles. `block` 0 takes all trials in one array, as one
writes it first; a smaller block stays inside the processor's cache and is quicker. `sheet` takes the five inputs of the program's
sheet, where upkeep is uncertain and growth is not.
"""
import json
import sys
import time

import numpy as np

YEARS, TAX_RATE, TAX_LIFE = 10, 0.2, 10
PERCENTILES = [5, 10, 25, 50, 75, 90, 95]
# Logarithmic moments of a lognormal with mean 100 and standard deviation 20.
SIGMA = np.sqrt(np.log1p((20 / 100) ** 2))
MU = np.log(100) - SIGMA**2 / 2
# PERT between 0.1 and 0.2, most likely 0.14, lambda 4.
ALPHA, BETA = 1 + 4 * (0.14 - 0.1) / 0.1, 1 + 4 * (0.2 - 0.14) / 0.1


def values(rng, count, sheet):
    revenue = rng.lognormal(MU, SIGMA, count)
    growth = None if sheet else rng.normal(0.08, 0.03, count)
    royalty = rng.triangular(0.02, 0.04, 0.07, count)
    decay = rng.uniform(0, 0.1, count)
    rate = rng.beta(ALPHA, BETA, count)
    if sheet:
        royalty -= rng.uniform(0, 0.01, count)
    rate *= 0.1
    rate += 0.1
    step = 1 / (1 + rate)
    change = 1 - decay if sheet else (1 + growth) * (1 - decay)
    factor = np.sqrt(step)
    worth = np.zeros(count)
    annuity = np.zeros(count)
    term = np.empty(count)
    for _ in range(YEARS):
        np.multiply(revenue, factor, out=term)
        worth += term
        annuity += factor
        revenue *= change
        factor *= step
    return worth * royalty * (1 - TAX_RATE) / (1 - (TAX_RATE / TAX_LIFE) * annuity)


def run(trials, block, seed, sheet):
    rng = np.random.default_rng(seed)
    if block == 0:
        result = values(rng, trials, sheet)
    else:
        result = np.empty(trials)
        for start in range(0, trials, block):
            count = min(block, trials - start)
            result[start : start + count] = values(rng, count, sheet)
    return result.mean(), result.std(ddof=1), np.percentile(result, PERCENTILES)


print(json.dumps({"numpy": np.__version__, "python": sys.version.split()[0]}), flush=True)
for line in sys.stdin:
    job = json.loads(line)
    wall, processor = time.perf_counter(), time.process_time()
    mean, sd, percentiles = run(**job)
    print(
        json.dumps({
            "seconds": time.perf_counter() - wall, "processor": time.process_time() - processor,
            "mean": float(mean), "sd": float(sd), "percentiles": percentiles.tolist(),
        }),
        flush=True,
    )

"""The grouping of achievements by DuckDB: sums per facility and service indicator with the three aggregations.

Usage: duckdb_grouping.py FOLDER JANUARY FIRST LAST (months as numbers); reads achievements.csv and services.csv and
loads them into tables. Then each line on standard input runs every way to write the query once; prints what the first
round found, and the milliseconds of the fastest way (`best_ms`).
"""

import sys
import time

import duckdb

folder, january, first, last = sys.argv[1], *map(int, sys.argv[2:5])
db = duckdb.connect()
db.execute("set threads = 2")
db.execute("set preserve_insertion_order = true")
started = time.perf_counter()
db.execute(
    f"""create table achievements as select facility::uinteger facility, service::uinteger service,
        month::integer "month", numerator::double numerator, denominator::double denominator,
        (dense_rank() over (order by facility, service) - 1)::uinteger pair
        from read_csv('{folder}/achievements.csv') order by facility, service, month"""
)
db.execute(f"create table services as select service::uinteger service, aggregation from read_csv('{folder}/services.csv')")
print(f"duckdb {duckdb.__version__}, 2 threads; loaded in {time.perf_counter() - started:.1f} s", flush=True)

for word in ("sum", "cumulative", "last"):
    db.execute(
        f"""create table achievements_{word} as select a.* from achievements a join services s using (service)
            where s.aggregation = '{word}' order by pair, "month" """
    )

counting = f"""from achievements a join services s using (service)
    where a."month" <= {last} and a.numerator is not null
      and a."month" >= case when s.aggregation = 'cumulative' then {january} else {first} end"""
ways = {
    "facility and service": f"""select facility, service, sum(numerator) n, sum(denominator) d,
        arg_max(numerator, "month") ln, arg_max(denominator, "month") ld, count(*) c, any_value(aggregation) a
        {counting} group by facility, service""",
    "dense pair": f"""select pair, any_value(service) service, sum(numerator) n, sum(denominator) d,
        arg_max(numerator, "month") ln, arg_max(denominator, "month") ld, count(*) c, any_value(aggregation) a
        {counting} group by pair""",
    "one query an aggregation": f"""
        select pair, sum(numerator) n, sum(denominator) d, 0 ln, 0 ld, count(*) c, 'sum' a
        {counting} and s.aggregation = 'sum' group by pair
        union all
        select pair, sum(numerator), 0, 0, arg_max(denominator, "month"), count(*), 'cumulative'
        {counting} and s.aggregation = 'cumulative' group by pair
        union all
        select pair, 0, 0, arg_max(numerator, "month"), arg_max(denominator, "month"), count(*), 'last'
        {counting} and s.aggregation = 'last' group by pair""",
    "one table an aggregation": f"""
        select pair, sum(numerator) n, sum(denominator) d, 0 ln, 0 ld, count(*) c, max("month") m, 'sum' a
        from achievements_sum where "month" between {first} and {last} group by pair
        union all
        select pair, sum(numerator), 0, 0, arg_max(denominator, "month"), count(*), max("month"), 'cumulative'
        from achievements_cumulative where "month" between {january} and {last} group by pair
        union all
        select pair, 0, 0, arg_max(numerator, "month"), arg_max(denominator, "month"), count(*), max("month"), 'last'
        from achievements_last where "month" between {first} and {last} group by pair""",
}
totals = """select count(*), sum(case a when 'last' then ln else n end), sum(case a when 'sum' then d else ld end) from result"""
known = set()
for _ in sys.stdin:
    best = None
    for name, query in ways.items():
        started = time.perf_counter()
        result = db.execute(query).to_arrow_table()
        took = (time.perf_counter() - started) * 1000
        best = took if best is None else min(best, took)
        if name not in known:
            known.add(name)
            pairs, numerators, denominators = db.execute(totals).fetchone()
            print(f"duckdb: {name}: {pairs} pairs, Σ numerators {numerators:.0f}, Σ denominators {denominators:.0f}")
    print(f"best_ms {best:.3f}", flush=True)

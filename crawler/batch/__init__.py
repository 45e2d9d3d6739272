"""Archives too large for one machine: the same steps as a batch job.

``parts`` is the map step (an archive to a part of the result), ``joining`` the join that
finds copies, in plain SQL, ``filling`` the map step into a store, ``running`` the job on a
Dask cluster. Needs the extra ``batch``.
"""

from crawler.batch.running import Finished, fill_store, run_batch

__all__ = ["Finished", "fill_store", "run_batch"]

"""Archives too large for one machine: the same steps as a batch job.

``parts`` is the map step (an archive to a part of the result), ``joining`` the join that
finds copies, in plain SQL, ``running`` the job on a Dask cluster. Needs the extra ``batch``.
"""

from crawler.batch.running import Finished, run_batch

__all__ = ["Finished", "run_batch"]

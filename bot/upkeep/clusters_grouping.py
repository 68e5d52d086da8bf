"""Questions grouped by meaning. Pure."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.cluster import AgglomerativeClustering
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.preprocessing import normalize

THRESHOLD = 0.6
"""Mean cosine distance up to which groups are joined, measured on labelled questions (``bot clusters``)."""


def vectors(words: Sequence[Mapping[str, float]], candidates: Sequence[Mapping[str, float]]) -> csr_matrix:
    """A row of length 1 for each question: TF-IDF of its words beside its candidates by probability, so that
    candidates weigh as much as they are sure, and at most as much as the words.
    """
    said = TfidfTransformer().fit_transform(DictVectorizer().fit_transform(words))
    # A column that is always there keeps questions without any candidate from having no columns at all.
    meant = DictVectorizer().fit_transform([{"": 0.0, **found} for found in candidates])
    return normalize(hstack([said, meant])).tocsr()


def group(rows: csr_matrix, threshold: float = THRESHOLD) -> list[int]:
    """The number of each row's group: average linkage over cosine distances. The same rows in the same order
    give the same groups.
    """
    if rows.shape[0] < 2:
        return [0] * int(rows.shape[0])
    linkage = AgglomerativeClustering(
        n_clusters=None, affinity="precomputed", linkage="average", distance_threshold=threshold
    )
    return [int(label) for label in linkage.fit_predict(_distances(rows))]


def nearness(rows: csr_matrix) -> list[float]:
    """How near each row of one group is to all of them, 0–1."""
    middle = np.asarray(rows.mean(axis=0)).ravel()
    return [round(float(value), 9) for value in rows @ middle]


def _distances(rows: csr_matrix) -> NDArray[np.float64]:
    found = 1.0 - (rows @ rows.T).toarray()
    np.clip(found, 0.0, None, out=found)
    np.fill_diagonal(found, 0.0)
    return np.asarray(found)

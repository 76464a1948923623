//! Clusters of Puskesmas that one team of the district coaches, as lists of years name them. Knows no facility.

use std::collections::BTreeMap;

use super::field::Field;
use super::name::{plain_words, puskesmas_key};
use super::written_row::{WrittenField, WrittenSource, WrittenValue, written_row};

/// A row of Cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClusterMember {
    /// Year of the list.
    pub year: i32,
    /// Name of the Puskesmas as the list writes it.
    pub puskesmas: String,
    /// Name of its cluster.
    pub cluster: String,
}

written_row!(ClusterMember of Clusters in "cluster_rows", named by [Name, Month], again "Puskesmas ini" {
    year: Month in ["year"],
    puskesmas: Name in ["member"],
    cluster: Cluster in ["cluster"],
});

/// `Cluster I`, whether or not the list writes the word.
pub fn cluster_words(name: &str) -> String {
    let has_word = ["cluster", "klaster"].iter().any(|word| plain_words(name).split(' ').any(|part| part == *word));
    if has_word { name.to_owned() } else { format!("Cluster {name}") }
}

/// Names of the clusters that stand in `year`, ordered.
pub fn clusters_in(members: &[ClusterMember], year: i32) -> Vec<String> {
    let mut names: Vec<String> = standing(members, year).map(|member| member.cluster.clone()).collect();
    names.sort();
    names.dedup_by_key(|name| plain_words(name));
    names
}

/// The cluster of a Puskesmas in `year`: the latest list at or before it that names the Puskesmas, else the first.
pub fn cluster_of<'m>(members: &'m [ClusterMember], puskesmas: &str, year: i32) -> Option<&'m ClusterMember> {
    members_by_key(members, year).remove(&puskesmas_key(puskesmas))
}

/// Puskesmas as the lists write them that are in a cluster in `year`; of all clusters where none is named.
pub fn members_in(members: &[ClusterMember], cluster: Option<&str>, year: i32) -> Vec<String> {
    let is_of = |member: &&ClusterMember| cluster.is_none_or(|name| plain_words(name) == plain_words(&member.cluster));
    let mut names: Vec<String> = standing(members, year).filter(is_of).map(|member| member.puskesmas.clone()).collect();
    names.sort();
    names
}

/// Each Puskesmas' place in `year`, by the key of its name: for whoever asks about many.
pub fn members_by_key(members: &[ClusterMember], year: i32) -> BTreeMap<String, &ClusterMember> {
    let mut latest: BTreeMap<String, &ClusterMember> = BTreeMap::new();
    // By year: what comes later replaces what stands, as long as it lies no later than the year asked for.
    for member in members {
        let key = puskesmas_key(&member.puskesmas);
        if member.year <= year || !latest.contains_key(&key) {
            latest.insert(key, member);
        }
    }
    latest
}

/// The same, one behind the other.
fn standing(members: &[ClusterMember], year: i32) -> impl Iterator<Item = &ClusterMember> {
    members_by_key(members, year).into_values()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(year: i32, puskesmas: &str, cluster: &str) -> ClusterMember {
        ClusterMember { year, puskesmas: puskesmas.to_owned(), cluster: cluster.to_owned() }
    }

    #[test]
    fn a_puskesmas_stands_in_the_cluster_of_the_latest_list_before() {
        let members = [member(2023, "UPT PUSKESMAS A", "I"), member(2023, "B", "I"), member(2025, "Puskesmas A", "II")];
        let of = |name: &str, year| cluster_of(&members, name, year).map(|member| member.cluster.as_str());
        assert_eq!(
            [of("a", 2022), of("a", 2023), of("a", 2024), of("a", 2026)],
            [Some("I"), Some("I"), Some("I"), Some("II")]
        );
        assert_eq!(of("c", 2023), None);
        assert_eq!(members_in(&members, Some("i"), 2025), ["B"]);
        assert_eq!(members_in(&members, None, 2025), ["B", "Puskesmas A"]);
        assert_eq!(clusters_in(&members, 2024), ["I"]);
        assert_eq!(clusters_in(&members, 2025), ["I", "II"]);
    }
}

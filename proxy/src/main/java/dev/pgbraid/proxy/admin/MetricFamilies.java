package dev.pgbraid.proxy.admin;

import dev.pgbraid.proxy.metrics.Histogram;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.function.Consumer;

/// The metrics of one scrape in the making. What changes and what they are called is said in one place for each.
final class MetricFamilies {
    private static final double NANOS_PER_SECOND = 1e9;

    private final MetricSnapshots.Builder families = MetricSnapshots.builder();

    /// Takes the values of one metric.
    interface Values {
        /// Adds a value.
        ///
        /// @param labels names and values in turn
        void add(double value, String... labels);

        /// Adds a count, of which a fraction gets lost above 2^53.
        default void add(long count, String... labels) {
            add((double) count, labels);
        }
    }

    /// Takes the histograms of one metric.
    interface Histograms {
        /// Adds a histogram.
        ///
        /// @param labels names and values in turn
        void add(Histogram histogram, String... labels);
    }

    /// What only rises. In the scrape its name ends with `_total`.
    void counter(String name, String help, Consumer<Values> points) {
        CounterSnapshot.Builder family = CounterSnapshot.builder().name(name).help(help);
        points.accept((value, labels) -> family.dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                .value(value)
                .labels(Labels.of(labels))
                .build()));
        families.metricSnapshot(family.build());
    }

    void gauge(String name, String help, Consumer<Values> points) {
        GaugeSnapshot.Builder family = GaugeSnapshot.builder().name(name).help(help);
        points.accept((value, labels) -> family.dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                .value(value)
                .labels(Labels.of(labels))
                .build()));
        families.metricSnapshot(family.build());
    }

    /// Times, in seconds.
    void seconds(String name, String help, Consumer<Histograms> points) {
        histogram(name, help, NANOS_PER_SECOND, points);
    }

    /// Numbers of things.
    void sizes(String name, String help, Consumer<Histograms> points) {
        histogram(name, help, 1, points);
    }

    private void histogram(String name, String help, double unit, Consumer<Histograms> points) {
        HistogramSnapshot.Builder family =
                HistogramSnapshot.builder().name(name).help(help);
        points.accept((histogram, labels) -> family.dataPoint(HistogramSnapshot.HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(buckets(histogram, unit))
                .sum(histogram.sum() / unit)
                .labels(Labels.of(labels))
                .build()));
        families.metricSnapshot(family.build());
    }

    private static ClassicHistogramBuckets buckets(Histogram histogram, double unit) {
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        for (int bucket = 0; bucket < histogram.buckets(); bucket++) {
            buckets.bucket(histogram.bound(bucket) / unit, histogram.count(bucket));
        }
        return buckets.build();
    }

    MetricSnapshots build() {
        return families.build();
    }
}

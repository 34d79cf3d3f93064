"""The cluster of the check: its settings, its processes, and an executor that is killed."""
import os
import signal
import sys
import threading
import time
from pathlib import Path

MASTER = "local-cluster[2,1,1024]"


def set_up(home, pyspark):
    """A home of Spark in a temporary folder, where its workers leave their files, with settings that are about this check."""
    for entry in pyspark.iterdir():
        (home / entry.name).symlink_to(entry)
    (home / "conf").mkdir()
    # A short run is over before the second compiler pays: this halves the time.
    java = f"-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Djava.io.tmpdir={home}"
    settings = {
        # Python's share and the JVM's own must fit into the 1,024 MB of a worker, too.
        "spark.executor.memory": "768m",
        "spark.sql.shuffle.partitions": "4",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        # Files are small; this makes enough tasks of them that an executor can be killed between two.
        "spark.sql.files.maxPartitionBytes": "512k",
        "spark.sql.files.openCostInBytes": "128k",
        "spark.driver.extraJavaOptions": java,
        "spark.executor.extraJavaOptions": java,
    }
    (home / "conf/spark-defaults.conf").write_text("".join(f"{name} {value}\n" for name, value in settings.items()))
    # Executors that are killed and commands that fail fill pages. What fails this check comes as an exception.
    (home / "conf/log4j2.properties").write_text(
        "rootLogger.level = off\nrootLogger.appenderRef.none.ref = none\nappender.none.type = Null\nappender.none.name = none\n"
    )
    os.environ |= {
        "SPARK_HOME": str(home),
        "SPARK_CONF_DIR": str(home / "conf"),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_DIRS": str(home),
        "PYSPARK_PYTHON": sys.executable,
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def started_here():
    """The command lines of the processes that this one started, and those that they started."""
    parents, commands = {}, {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(process.name)] = int((process / "stat").read_text().rpartition(")")[2].split()[1])
            commands[int(process.name)] = (process / "cmdline").read_bytes()
        except OSError:
            pass  # It has ended.
    found = {os.getpid()}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return {process: commands[process] for process in found if process in commands}


def while_killed(spark, job):
    """What `job` gives, while an executor is killed once a quarter of the tasks has ended, and others run; and how that went, or nothing
    where no task was lost: it was between two."""
    tracker = spark.sparkContext.statusTracker()
    result, stage, completed = [], None, None
    thread = threading.Thread(target=lambda: result.append(job()))
    thread.start()
    while thread.is_alive() and completed is None:
        for number in tracker.getActiveStageIds():
            now = tracker.getStageInfo(number)
            if now and now.numTasks > 8 and now.numCompletedTasks >= now.numTasks / 4 and now.numActiveTasks >= 2:
                victim = min(process for process, command in started_here().items() if b"CoarseGrainedExecutorBackend" in command)
                os.kill(victim, signal.SIGKILL)
                stage, completed = number, now.numCompletedTasks
                break
        time.sleep(0.01)
    thread.join()
    assert result, "the job did not survive"
    told = stage is not None and tracker.getStageInfo(stage)
    if not told or told.numFailedTasks == 0:
        return result[0], None
    found = spark.sparkContext._jsc.sc().statusStore().executorList(False)
    lost = sum(not found.apply(at).isActive() for at in range(found.size()))
    assert lost > 0, "tasks failed, but not for the executor"
    return result[0], f"after {completed} of {told.numTasks} tasks, of which {told.numFailedTasks} failed and ran again"

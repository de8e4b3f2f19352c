"""Calls of the official Python SDK, and what they cost: run by load.py, in an environment of its own.

    python sdk_calls.py URL OPERATION CALLERS CALLS threads|asyncio [COUNT,…]

With counts, the memory after so many calls is measured instead.
"""

import asyncio
import itertools
import json
import resource
import sys
import threading
import time

from alibabacloud_cams20200606 import models
from alibabacloud_cams20200606.client import Client
from alibabacloud_tea_openapi.utils_models import Config

WARM_UP = 200


def request(operation):
    if operation == "delete-chat-group":
        return models.DeleteChatGroupRequest(
            business_number="8613800001111", cust_space_id="cams-7d2f", group_id="E39901"
        )
    if operation == "send-chatapp-message":
        return models.SendChatappMessageRequest(
            channel_type="whatsapp",
            cust_space_id="cams-7d2f",
            from_="8613800001111",
            to="8613900002222",
            type="template",
            template_code="744c4b5c79c9432497a075bdfca3****",
            language="en",
            template_params={"name": "Ana", "order": "A-1024", "day": "Tuesday, 3pm"},
            task_id="10000****",
            tracking_data="campaign=autumn&step=2",
        )
    page = models.ListChatappTemplateRequestPage(index=1, size=50)
    return models.ListChatappTemplateRequest(cust_space_id="cams-7d2f", language="en", page=page)


def good(answer):
    if answer.body.code != "OK":
        raise RuntimeError("not the answer that was sent")


def share(callers, calls):
    """How many calls each caller makes."""
    return [calls // callers + (caller < calls % callers) for caller in range(callers)]


def by_threads(client, operation, callers, calls):
    call = getattr(client, operation.replace("-", "_"))
    failed = []

    def several(times):
        try:
            for _ in itertools.repeat(None, times):
                good(call(request(operation)))
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=several, args=[times]) for times in share(callers, calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]


def by_asyncio(loop, client, operation, callers, calls):
    call = getattr(client, operation.replace("-", "_") + "_async")

    async def several(times):
        for _ in itertools.repeat(None, times):
            good(await call(request(operation)))

    async def everybody():
        await asyncio.gather(*(several(times) for times in share(callers, calls)))

    loop.run_until_complete(everybody())


def resident_kib():
    with open("/proc/self/status") as status:
        line = next(line for line in status if line.startswith("VmRSS:"))
    return int(line.split()[1])


def main():
    url, operation, callers, calls, kind, *counts = sys.argv[1:]
    protocol, host = url.split("://")
    config = Config(access_key_id="testid", access_key_secret="testsecret")
    config.endpoint, config.protocol = host, protocol
    client = Client(config)
    loop = asyncio.new_event_loop()

    def make(calls):
        if kind == "threads":
            by_threads(client, operation, int(callers), calls)
        else:
            by_asyncio(loop, client, operation, int(callers), calls)

    if counts:
        memory, made = [], 0
        for upto in map(int, counts[0].split(",")):
            make(upto - made)
            made = upto
            memory.append({"calls": upto, "kib": resident_kib()})
        print(json.dumps({"memory": memory}))
        return
    make(WARM_UP)
    before, wall = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    make(int(calls))
    wall, after = time.perf_counter() - wall, resource.getrusage(resource.RUSAGE_SELF)
    measured = {
        "calls": int(calls),
        "wall": wall,
        "user": after.ru_utime - before.ru_utime,
        "system": after.ru_stime - before.ru_stime,
    }
    print(json.dumps(measured))


main()
